package dev.gatun.layers;

import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.List;
import java.util.Map;

/**
 * In training sets a share of the numbers to zero and divides the rest by what is left (Srivastava et al. 2014), so that
 * the mean stays; otherwise passes everything through. Which numbers fall depends on seed, training step, layer and
 * position only.
 *
 * @param name null for the default
 * @param rate share that falls, 0 to below 1
 */
public record Dropout(String name, double rate) implements Layer {

    /**
     * Checks the rate.
     *
     * @throws IllegalArgumentException if the rate is negative, 1 or more, or NaN
     */
    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("Dropout" + (name == null ? "" : " '" + name + "'")
                    + ": expected a rate of at least 0 and below 1, got " + rate);
        }
    }

    /**
     * A layer that drops a share of what it reads; the model names it.
     *
     * @param rate share that falls, 0 to below 1
     * @return the layer
     * @throws IllegalArgumentException if the rate is negative, 1 or more, or NaN
     */
    public static Dropout rate(double rate) {
        return new Dropout(null, rate);
    }

    @Override
    public Dropout named(String newName) {
        return new Dropout(newName, rate);
    }

    @Override
    public String kind() {
        return "Dropout";
    }

    @Override
    public Map<String, Object> config() {
        return Map.of("rate", rate);
    }

    @Override
    public BuiltLayer build(String layerName, List<Shape> inputs) {
        Arguments.required(layerName, "Dropout.build", "layerName", "the name of the layer in its model");
        Arguments.all(inputs, "Dropout.build", "inputs", "the shape of each input");
        return new WeightlessLayer("Dropout", layerName, site -> DropoutOperation.plan((float) rate, site));
    }
}
