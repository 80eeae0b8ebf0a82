package dev.gatun.cli.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * A tick at each of a few values: between two or three points a ruler says less than their own names.
 *
 * @param scale  that names them
 * @param values in order
 */
record FewTicks(Scale scale, double[] values) implements Scale {

    @Override
    public List<Tick> ticks(Room room) {
        List<Tick> ticks = new ArrayList<>();
        String before = "";
        for (double value : values) {
            Tick tick = tick(value);
            ticks.add(new Tick(value, tick.label(), tick.context().equals(before) ? "" : tick.context()));
            if (room.fits(ticks)) {
                before = tick.context();
            } else {
                ticks.removeLast();
            }
        }
        return room.clear(ticks);
    }

    @Override
    public Tick tick(double value) {
        return scale.tick(value);
    }
}
