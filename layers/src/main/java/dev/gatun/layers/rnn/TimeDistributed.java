package dev.gatun.layers.rnn;

import dev.gatun.layers.Activation;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Layer;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.Site;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.check.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies a layer to every time step of [B,T,F] with the same weights. Since rows of all steps lie one after the other, the
 * inner layer simply sees T B rows.
 *
 * @param name  null for the default
 * @param layer what is applied: Dense, Activation or Dropout
 */
public record TimeDistributed(String name, Layer layer) implements Layer {

    /**
     * Checks the layer.
     *
     * @throws NullPointerException     if the layer is null
     * @throws IllegalArgumentException if it is none of Dense, Activation and Dropout
     */
    public TimeDistributed {
        Arguments.required(layer, "TimeDistributed", "layer", "a layer");
        if (!(layer instanceof Dense || layer instanceof Activation || layer instanceof Dropout)) {
            throw new IllegalArgumentException("TimeDistributed applies Dense, Activation or Dropout to each step, got "
                    + layer.kind()
                    + (layer instanceof Lstm ? "; an LSTM already runs over time: put it in the model directly" : ""));
        }
    }

    /**
     * Applies a layer to every time step; the model names it.
     *
     * @param layer Dense, Activation or Dropout
     * @return a layer from [B,T,F] to [B,T,G], where the inner layer makes G features of F
     * @throws IllegalArgumentException if the inner layer is none of the three
     */
    public static TimeDistributed of(Layer layer) {
        return new TimeDistributed(null, layer);
    }

    @Override
    public TimeDistributed named(String newName) {
        return new TimeDistributed(newName, layer);
    }

    @Override
    public String kind() {
        return "TimeDistributed";
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("class_name", layer.kind());
        if (layer.name() != null) {
            inner.put("name", layer.name());
        }
        inner.put("config", layer.config());
        return Map.of("layer", inner);
    }

    @Override
    public BuiltLayer build(String layerName, List<Shape> inputs) {
        Arguments.required(layerName, "TimeDistributed.build", "layerName", "the name of the layer in its model");
        Arguments.all(inputs, "TimeDistributed.build", "inputs", "the shape of each input");
        checkRank(layerName, inputs);
        return new Built(layerName, layer.build(layerName, inputs));
    }

    private static void checkRank(String layerName, List<Shape> inputs) {
        if (inputs.size() == 1 && inputs.getFirst().rank() != 3) {
            throw new ShapeException(
                    "TimeDistributed '" + layerName + "' takes a sequence [batch, time, features], got shape "
                            + inputs.getFirst()
                            + "; if it follows an LSTM, let that LSTM return sequences: .returnSequences()");
        }
    }

    private record Built(String name, BuiltLayer inner) implements BuiltLayer {
        @Override
        public List<WeightSpec> weights() {
            return inner.weights();
        }

        @Override
        public List<Shape> outputShapes(List<Shape> inputs) {
            checkRank(name, inputs);
            return inner.outputShapes(inputs);
        }

        @Override
        public Operation operation(Site site) {
            return inner.operation(site);
        }
    }
}
