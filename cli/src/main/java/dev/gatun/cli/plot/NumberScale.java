package dev.gatun.cli.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Ticks at multiples of 1, 2 or 5 times a power of ten.
 *
 * @param finest the smallest step between ticks, such as 1 for what is counted; 0 for any
 */
public record NumberScale(double finest) implements Scale {

    private static final int[] LEADING = {1, 2, 5};

    /** So many steps of a power of ten are tried, each three times. */
    private static final int POWERS = 40;

    @Override
    public List<Tick> ticks(Room room) {
        int power = (int) Math.floor(Math.log10((room.to() - room.from()) / Room.MOST));
        for (int i = 0; i < POWERS; i++, power++) {
            for (int leading : LEADING) {
                BigDecimal step = BigDecimal.valueOf(leading).scaleByPowerOfTen(power);
                if (step.doubleValue() < finest) {
                    continue;
                }
                List<Tick> ticks = multiples(step, room);
                if (room.fits(ticks)) {
                    return ticks;
                }
            }
        }
        return List.of();
    }

    private List<Tick> multiples(BigDecimal step, Room room) {
        long first = (long) Math.ceil(room.from() / step.doubleValue() - 1e-9);
        long last = (long) Math.floor(room.to() / step.doubleValue() + 1e-9);
        List<Tick> ticks = new ArrayList<>();
        for (long i = first; i <= last && ticks.size() <= Room.MOST; i++) {
            BigDecimal value = step.multiply(BigDecimal.valueOf(i));
            ticks.add(new Tick(value.doubleValue(), text(value), ""));
        }
        return ticks;
    }

    @Override
    public Tick tick(double value) {
        return new Tick(value, text(new BigDecimal(value, new MathContext(10))), "");
    }

    private static String text(BigDecimal value) {
        BigDecimal bare = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        return bare.precision() - bare.scale() > 12 || bare.scale() > 8 ? bare.toString() : bare.toPlainString();
    }
}
