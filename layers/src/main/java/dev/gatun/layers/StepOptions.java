package dev.gatun.layers;

import java.util.List;
import java.util.Optional;

/** Kinds of options that count steps. Keras writes one such number as a list of one, for it has one for each axis. */
final class StepOptions {

    /** A number, alone or in a list. */
    static final OptionKind<Integer> ONE = new OptionKind<>("a whole number") {
        @Override
        public Integer read(OptionReader reader, String key) {
            if (!reader.isList(key)) {
                return reader.integer(key);
            }
            List<Integer> numbers = reader.integers(key);
            if (numbers.size() != 1) {
                throw new IllegalArgumentException(
                        reader.owner() + ": expected one number for " + key + ", that of time, got " + numbers);
            }
            return numbers.getFirst();
        }

        @Override
        public Object write(Integer value) {
            return List.of((long) value);
        }
    };

    /** As {@link #ONE}, and it may be left out. */
    static final OptionKind<Optional<Integer>> OPTIONAL = new OptionKind<>("a whole number, or none") {
        @Override
        public Optional<Integer> read(OptionReader reader, String key) {
            return Optional.of(ONE.read(reader, key));
        }

        @Override
        public Object write(Optional<Integer> value) {
            return value.map(ONE::write).orElse(null);
        }
    };

    /** Two numbers, of the beginning and of the end; one stands for both. */
    static final OptionKind<List<Integer>> PAIR = new OptionKind<>("two whole numbers, or one for both") {
        @Override
        public List<Integer> read(OptionReader reader, String key) {
            if (!reader.isList(key)) {
                int both = reader.integer(key);
                return List.of(both, both);
            }
            return List.copyOf(reader.integers(key));
        }

        @Override
        public Object write(List<Integer> value) {
            return value.stream().map(Integer::longValue).toList();
        }
    };

    private static final int MOST = Integer.MAX_VALUE / 8;

    private StepOptions() {}

    /** At least 1. */
    static final class Positive implements OptionCheck<Integer> {
        @Override
        public String problem(String option, Integer number) {
            if (number < 1) {
                return "expected a positive " + option + ", got " + number + "; give at least 1";
            }
            return number > MOST ? "expected a " + option + " of at most " + MOST + ", got " + number : null;
        }
    }

    /** At least 1 if it is there. */
    static final class PositiveIfGiven implements OptionCheck<Optional<Integer>> {
        @Override
        public String problem(String option, Optional<Integer> number) {
            return number.map(given -> new Positive().problem(option, given)).orElse(null);
        }
    }

    /** At least 0 if it is there. */
    static final class NotNegativeIfGiven implements OptionCheck<Optional<Integer>> {
        @Override
        public String problem(String option, Optional<Integer> number) {
            return number.orElse(0) < 0 || number.orElse(0) > MOST
                    ? "expected for " + option + " a number from 0 to " + MOST + ", got " + number.orElseThrow()
                    : null;
        }
    }

    /** Two numbers of at least 0. */
    static final class TwoNotNegative implements OptionCheck<List<Integer>> {
        @Override
        public String problem(String option, List<Integer> pair) {
            if (pair.size() != 2) {
                return "expected two numbers for " + option + ", of the beginning and of the end, got " + pair;
            }
            for (int number : pair) {
                if (number < 0 || number > MOST) {
                    return "expected for " + option + " numbers from 0 to " + MOST + ", got " + pair;
                }
            }
            return null;
        }
    }
}
