package dev.gatun.layers.train;

import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a training reported, epoch by epoch: {@code loss}, metrics, and the same with {@code val_} in front.
 *
 * @param firstEpoch number of the first epoch reported, 1 unless the training was resumed
 * @param epochs     one map per epoch, names in the order of reporting
 * @param stopped    why training ended before its last epoch, or empty
 */
public record History(int firstEpoch, List<Map<String, Double>> epochs, String stopped) {

    /**
     * Copies the reports.
     *
     * @throws NullPointerException if the list, a report, or the reason is null
     */
    public History {
        Arguments.all(epochs, "History", "epochs", "a report for each epoch");
        Arguments.required(stopped, "History", "stopped", "an empty text if it ran to its end");
        epochs = epochs.stream().map(epoch -> (Map<String, Double>) new LinkedHashMap<>(epoch)).toList();
    }

    /** {@return how many epochs were run} */
    public int size() {
        return epochs.size();
    }

    /**
     * One number per epoch, in their order.
     *
     * @param name one of {@link #names}, for example {@code val_loss}
     * @return a new array; empty if no epoch was run
     * @throws IllegalArgumentException if nothing of that name was reported
     */
    public double[] of(String name) {
        Arguments.required(name, "History.of", "name", "a name");
        double[] values = new double[epochs.size()];
        for (int i = 0; i < values.length; i++) {
            Double value = epochs.get(i).get(name);
            if (value == null) {
                throw new IllegalArgumentException("Nothing named '" + name + "' was reported; there are " + names());
            }
            values[i] = value;
        }
        return values;
    }

    /** {@return what was reported, in the order of reporting; empty if no epoch was run} */
    public List<String> names() {
        return epochs.isEmpty() ? List.of() : List.copyOf(epochs.getFirst().keySet());
    }

    /**
     * The last epoch's number of a name.
     *
     * @param name one of {@link #names}
     * @return its value
     * @throws IllegalArgumentException if nothing of that name was reported
     * @throws IllegalStateException    if no epoch was run
     */
    public double last(String name) {
        Arguments.required(name, "History.last", "name", "a name");
        double[] values = of(name);
        if (values.length == 0) {
            throw new IllegalStateException("No epoch was run");
        }
        return values[values.length - 1];
    }

    /** {@return a line of names, then a line per epoch; numbers in full, so that they can be read back exactly} */
    public String toCsv() {
        StringBuilder csv = new StringBuilder("epoch");
        names().forEach(name -> csv.append(',').append(name));
        csv.append('\n');
        for (int i = 0; i < epochs.size(); i++) {
            csv.append(firstEpoch + i);
            epochs.get(i).values().forEach(value -> csv.append(',').append(value));
            csv.append('\n');
        }
        return csv.toString();
    }

    /** A line per epoch for people. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < epochs.size(); i++) {
            StringBuilder line = new StringBuilder("epoch " + (firstEpoch + i));
            epochs.get(i).forEach((name, value) -> line.append(String.format(Locale.ROOT, "  %s %.6g", name, value)));
            lines.add(line.toString());
        }
        if (!stopped.isEmpty()) {
            lines.add(stopped);
        }
        return String.join(System.lineSeparator(), lines);
    }
}
