drop table heard;
