package dev.gatun.cli.plot;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The stretch of an axis that ticks have to share.
 *
 * @param from   first value shown
 * @param to     last value shown, more than {@code from}
 * @param pixels between the two
 * @param width  of a text in pixels
 */
public record Room(double from, double to, double pixels, ToDoubleFunction<String> width) {

    /** More ticks than this are a ruler, not help. */
    public static final int MOST = 14;

    private static final double GAP = 18;

    /**
     * The place of a value.
     *
     * @param value in the axis's unit
     * @return pixels from the first value shown
     */
    public double at(double value) {
        return (value - from) / (to - from) * pixels;
    }

    /**
     * Whether neither labels nor contexts touch each other. The first tick's context may: it is left out then, as the
     * next one says nearly as much.
     *
     * @param ticks in order
     * @return whether they can be read
     */
    public boolean fits(List<Tick> ticks) {
        double end = Double.NEGATIVE_INFINITY;
        double contextEnd = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < ticks.size(); i++) {
            Tick tick = ticks.get(i);
            if (left(tick.at(), tick.label()) < end + GAP
                    || i > 0 && !tick.context().isEmpty() && left(tick.at(), tick.context()) < contextEnd + GAP) {
                return false;
            }
            end = right(tick.at(), tick.label());
            contextEnd = i == 0 || tick.context().isEmpty() ? contextEnd : right(tick.at(), tick.context());
        }
        return ticks.size() <= MOST;
    }

    /**
     * Leaves out the first tick's context where it would touch the next one.
     *
     * @param ticks in order
     * @return them, to be drawn as they are
     */
    public List<Tick> clear(List<Tick> ticks) {
        boolean touches = !ticks.isEmpty() && ticks.stream().skip(1)
                .anyMatch(tick -> !tick.context().isEmpty()
                        && left(tick.at(), tick.context()) < right(ticks.getFirst().at(), ticks.getFirst().context())
                                + GAP);
        if (!touches) {
            return ticks;
        }
        List<Tick> clear = new java.util.ArrayList<>(ticks);
        clear.set(0, new Tick(ticks.getFirst().at(), ticks.getFirst().label(), ""));
        return List.copyOf(clear);
    }

    private double left(double value, String text) {
        return at(value) - width.applyAsDouble(text) / 2;
    }

    private double right(double value, String text) {
        return at(value) + width.applyAsDouble(text) / 2;
    }
}
