//! The few curves that sound needs, from additions and multiplications alone: each machine gets the same bits.

/// Sine of `turns` whole turns.
pub fn sine(turns: f32) -> f32 {
    let phase = turns - turns.floor() - 0.5;
    let curve = 8.0 * phase - 16.0 * phase * phase.abs();
    -(0.225 * (curve * curve.abs() - curve) + curve)
}

/// Two to the power of `x`.
pub fn exp2(x: f32) -> f32 {
    let whole = x.floor().clamp(-120.0, 120.0);
    let part = x - whole;
    let fraction = 1.0
        + part
            * (std::f32::consts::LN_2
                + part * (0.240_226_5 + part * (0.055_504_1 + part * (0.009_618_1 + part * 0.001_333))));
    f32::from_bits(((whole as i32 + 127) as u32) << 23) * fraction
}

/// The factor that `db` decibels are.
pub fn gain(db: f32) -> f32 {
    exp2(db * 0.166_096_4)
}

/// Frequency in Hz of a MIDI pitch.
pub fn hertz(pitch: f32) -> f32 {
    440.0 * exp2((pitch - 69.0) / 12.0)
}

/// A soft ceiling: straight when quiet, never beyond one.
pub fn soften(x: f32) -> f32 {
    let x = x.clamp(-3.0, 3.0);
    x * (27.0 + x * x) / (27.0 + 9.0 * x * x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curves_are_close_to_the_true_ones() {
        for step in 0..=400_u16 {
            let x = f32::from(step) / 100.0 - 2.0;
            assert!((sine(x) - (x * std::f32::consts::TAU).sin()).abs() < 0.002, "{x}");
            assert!((exp2(x) / x.exp2() - 1.0).abs() < 0.0002, "{x}");
            assert!((soften(x) - x.tanh()).abs() < 0.03, "{x}");
        }
        assert!((hertz(69.0) - 440.0).abs() < 0.01);
        assert!((gain(-20.0) - 0.1).abs() < 0.0001);
    }
}
