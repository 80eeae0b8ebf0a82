package dev.gatun.layers.model;

import dev.gatun.layers.Weight;
import dev.gatun.memory.ShapeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights of a model on their way to a layer of another: all are compared before the first is copied. */
final class WeightTransfer {

    private final String who;
    private final String prefix;
    private final Model to;
    private final Model from;

    WeightTransfer(Model to, String layer, Model from) {
        this.who = "Model.takeWeights, layer '" + layer + "'";
        this.prefix = layer + "/";
        this.to = to;
        this.from = from;
    }

    /** @throws IllegalArgumentException if the two do not have the same weights; then nothing is changed */
    void copy() {
        Map<String, Weight> sources = new LinkedHashMap<>();
        for (Weight source : from.weights()) {
            Weight target = to.weight(prefix + source.name());
            if (!target.shape().equals(source.shape())) {
                throw new ShapeException(who + ": weight '" + target.name() + "' has shape " + target.shape()
                        + ", got shape " + source.shape() + " of model '" + from.name()
                        + "'; give a model of the same layers");
            }
            sources.put(target.name(), source);
        }
        requireAll(sources);
        sources.forEach((target, source) -> to.weight(target).set(source.get()));
    }

    private void requireAll(Map<String, Weight> sources) {
        List<String> left = to.weights().stream().map(Weight::name)
                .filter(name -> name.startsWith(prefix) && !sources.containsKey(name)).toList();
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(who + ": model '" + from.name() + "' has no weights for "
                    + String.join(", ", left) + "; give a model of the same layers");
        }
    }
}
