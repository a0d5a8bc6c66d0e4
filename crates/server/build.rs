//! Builds the binary anew when the web app it holds has changed.
fn main() {
    println!("cargo:rerun-if-changed=../../web/dist");
}
