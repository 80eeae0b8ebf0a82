package dev.gatun.cli.console;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values as JSON knows them. It has no numbers that are not finite: they become text, {@code NaN}, {@code Infinity} or {@code -Infinity}.
 */
final class PlainValues {

    private PlainValues() {}

    static Object of(Object value) {
        return switch (value) {
            case Double number when !Double.isFinite(number) -> number.toString();
            case Float number when !Float.isFinite(number) -> number.toString();
            case double[] numbers -> of(Arrays.stream(numbers).boxed().toList());
            case long[] numbers -> Arrays.stream(numbers).boxed().toList();
            case int[] numbers -> Arrays.stream(numbers).boxed().toList();
            case List<?> list -> list.stream().map(PlainValues::of).toList();
            case Map<?, ?> map -> {
                Map<Object, Object> plain = new LinkedHashMap<>();
                map.forEach((key, each) -> plain.put(key, of(each)));
                yield plain;
            }
            case null, default -> value;
        };
    }
}
