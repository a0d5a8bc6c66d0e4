//! The colour that a picture is remembered by, in OKLCH: what the eye takes for equally colourful is equal there.
//! The matrices are those of Björn Ottosson, "A perceptual color space for image processing" (2020).

use image::RgbImage;

/// Directions that hues are counted in.
const DIRECTIONS: usize = 24;
/// Degrees to each.
const STEP: f64 = 15.0;
/// Below this chroma a pixel is grey and says nothing about hue.
const GREY: f64 = 0.02;
/// A picture is colourful when this part of it is.
const ENOUGH: f64 = 0.02;

/// Hue and chroma of OKLCH. Lightness is left to whoever paints with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colour {
    /// In degrees, 0 to 360.
    pub hue: f64,
    /// 0 (grey) to about 0.32.
    pub chroma: f64,
}

impl Colour {
    /// The main colour of `image`: of the directions that its colours point in, the one with most colour in it.
    pub(super) fn of(image: &RgbImage) -> Self {
        let mut sums = [(0.0_f64, 0.0_f64, 0.0_f64); DIRECTIONS];
        for pixel in image.pixels() {
            let (a, b) = oklab(pixel.0);
            if a.hypot(b) >= GREY {
                let (sum_a, sum_b, count) = &mut sums[direction(a, b)];
                (*sum_a, *sum_b, *count) = (*sum_a + a, *sum_b + b, *count + 1.0);
            }
        }
        // a hue at the border of two directions belongs to both
        let wide = |at: usize| {
            [at + DIRECTIONS - 1, at, at + 1]
                .map(|near| sums[near % DIRECTIONS])
                .into_iter()
                .fold((0.0, 0.0, 0.0), |(a, b, count), (more_a, more_b, more)| {
                    (a + more_a, b + more_b, count + more)
                })
        };
        let strength = |(a, b, _): &(f64, f64, f64)| a.hypot(*b);
        let best = (0..DIRECTIONS).map(wide).max_by(|one, two| strength(one).total_cmp(&strength(two)));
        let pixels = f64::from(image.width()) * f64::from(image.height());
        match best {
            Some((a, b, count)) if count > pixels * ENOUGH => {
                Self { hue: rounded(degrees(a, b), 10.0), chroma: rounded(a.hypot(b) / count, 1000.0) }
            }
            _ => Self { hue: 0.0, chroma: 0.0 },
        }
    }
}

fn degrees(a: f64, b: f64) -> f64 {
    b.atan2(a).to_degrees().rem_euclid(360.0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 24")]
fn direction(a: f64, b: f64) -> usize {
    (degrees(a, b) / STEP) as usize % DIRECTIONS
}

fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}

/// The two axes of colour of an sRGB pixel.
fn oklab(rgb: [u8; 3]) -> (f64, f64) {
    let [red, green, blue] = rgb.map(linear);
    let long = 0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue;
    let medium = 0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue;
    let short = 0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue;
    let [long, medium, short] = [long, medium, short].map(f64::cbrt);
    let a = 1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short;
    let b = 0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short;
    (a, b)
}

fn linear(value: u8) -> f64 {
    let value = f64::from(value) / 255.0;
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    #[test]
    fn primaries_lie_where_the_colour_space_puts_them() {
        for (rgb, hue, chroma) in
            [([255, 0, 0], 29.2, 0.258), ([0, 255, 0], 142.5, 0.295), ([0, 0, 255], 264.1, 0.313)]
        {
            let found = Colour::of(&RgbImage::from_pixel(4, 4, Rgb(rgb)));
            assert!((found.hue - hue).abs() < 0.2 && (found.chroma - chroma).abs() < 0.002, "{found:?}");
        }
    }

    #[test]
    fn a_grey_picture_has_no_colour_and_a_speck_does_not_give_it_one() {
        let grey = RgbImage::from_pixel(20, 20, Rgb([90, 90, 90]));
        assert_eq!(Colour::of(&grey), Colour { hue: 0.0, chroma: 0.0 });
        let mut speck = grey;
        speck.put_pixel(3, 3, Rgb([255, 0, 0]));
        assert_eq!(Colour::of(&speck), Colour { hue: 0.0, chroma: 0.0 });
    }

    #[test]
    fn the_colour_of_most_of_a_picture_wins_over_the_grey_around_it() {
        let image = RgbImage::from_fn(30, 30, |x, _| match x {
            0..=11 => Rgb([30, 60, 160]),
            12..=14 => Rgb([200, 40, 40]),
            _ => Rgb([20, 20, 20]),
        });
        let found = Colour::of(&image);
        assert!((255.0..275.0).contains(&found.hue) && found.chroma > 0.1, "{found:?}");
    }
}
