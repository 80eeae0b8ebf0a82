package dev.gatun.data.time;

import dev.gatun.memory.check.Arguments;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A distance between two rows.
 *
 * @param amount seconds, or a difference of numbers
 * @param isTime which of the two
 */
public record Span(double amount, boolean isTime) {

    /**
     * Checks the amount.
     *
     * @throws IllegalArgumentException if it is not a finite number of at least 0
     */
    public Span {
        if (!(amount >= 0 && amount < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Span: a distance is a finite number of at least 0, got " + amount);
        }
    }

    private static final Map<String, Integer> UNITS = new LinkedHashMap<>();
    static {
        UNITS.put("week", 604_800);
        UNITS.put("day", 86_400);
        UNITS.put("hour", 3_600);
        UNITS.put("minute", 60);
        UNITS.put("second", 1);
    }

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?) ?(s|min|h|d|w)?");

    /**
     * As people write it: {@code 3d}, {@code 90min}, or a bare number for a date column of numbers.
     *
     * @param text what the user wrote
     * @return the distance, above 0
     * @throws DataException if it is neither, or 0
     */
    public static Span parse(String text) {
        Arguments.required(text, "Span.parse", "text", "a length of time such as 4d, or a number");
        Matcher matcher = WRITTEN.matcher(text.strip());
        double amount = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
        if (!(amount > 0)) {
            throw new DataException(
                    DataException.Setting.LONGEST_STEP,
                    " " + text + ": expected a length of time above 0 such as 90s, 90min, 36h, 4d or 2w, "
                            + "or a number where the dates are numbers");
        }
        String unit = matcher.group(2);
        if (unit == null) {
            return new Span(amount, false);
        }
        return new Span(
                amount * UNITS.entrySet().stream().filter(entry -> entry.getKey().startsWith(unit)).findFirst()
                        .orElseThrow().getValue(),
                true);
    }

    /**
     * For people.
     *
     * @return such as "60 days" or "5 minutes", or the number
     */
    public String text() {
        if (!isTime) {
            return rounded(amount);
        }
        for (Map.Entry<String, Integer> unit : UNITS.entrySet()) {
            boolean isWhole = amount % unit.getValue() == 0 && !unit.getKey().equals("week");
            if (isWhole || amount >= 2.0 * unit.getValue() && !unit.getKey().equals("week")) {
                String count = rounded(amount / unit.getValue());
                return count + " " + unit.getKey() + (count.equals("1") ? "" : "s");
            }
        }
        return rounded(amount) + " seconds";
    }

    private static String rounded(double value) {
        BigDecimal exact = new BigDecimal(value);
        return (value == Math.rint(value) ? exact : exact.round(new MathContext(4))).stripTrailingZeros()
                .toPlainString();
    }
}
