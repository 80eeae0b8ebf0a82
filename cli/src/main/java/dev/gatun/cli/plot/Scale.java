package dev.gatun.cli.plot;

import java.util.List;

/** Says where an axis has its ticks. */
public interface Scale {

    /**
     * As many ticks as can be read side by side.
     *
     * @param room the stretch shown, and the size of its texts
     * @return ticks in it, in order
     */
    List<Tick> ticks(Room room);

    /**
     * A tick at one value, wherever it lies.
     *
     * @param value in the axis's unit
     * @return with all that there is to say in label and context
     */
    Tick tick(double value);
}
