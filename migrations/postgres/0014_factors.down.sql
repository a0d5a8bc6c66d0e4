drop table code_wait;
drop table second_step;
drop table ceremony;
drop table passkey;
drop table recovery_code;
drop table totp;
