//! Stands in for `hathor cage` where the server is not built: the crate's own tests.

fn main() {
    hathor_media::cage_main(std::env::args_os().skip(2))
}
