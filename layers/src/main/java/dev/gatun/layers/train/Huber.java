package dev.gatun.layers.train;

import java.util.Map;

/**
 * {@code huber}: with d = prediction - target the mean over columns of d^2 / 2 while |d| is at most delta, and of
 * delta |d| - delta^2 / 2 beyond (Huber 1964); {@link Loss#HUBER}, {@link Loss#huber}.
 *
 * @param delta distance up to which the loss is quadratic, positive and finite
 */
public record Huber(double delta) implements ColumnLoss {

    /**
     * Checks delta.
     *
     * @throws IllegalArgumentException if delta is not positive and finite
     */
    public Huber {
        if (!(delta > 0) || Double.isInfinite(delta)) {
            throw new IllegalArgumentException("delta of the Huber loss must be positive and finite, got " + delta);
        }
    }

    @Override
    public String keyword() {
        return "huber";
    }

    @Override
    public Map<String, Object> toConfig() {
        Map<String, Object> config = ColumnLoss.super.toConfig();
        config.put("delta", delta);
        return config;
    }

    @Override
    public double value(double prediction, double target) {
        double distance = prediction - target;
        double size = Math.abs(distance);
        return size <= delta ? 0.5 * distance * distance : delta * size - 0.5 * delta * delta;
    }

    @Override
    public double slope(double prediction, double target) {
        return Math.max(-delta, Math.min(delta, prediction - target));
    }
}
