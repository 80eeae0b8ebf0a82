package dev.gatun.layers;

import dev.gatun.engine.function.ActivationFunction;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.gemm.Rows;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Run;
import dev.gatun.layers.plan.Site;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.List;
import java.util.Map;

/**
 * An activation function as a layer of its own; values keep their shape.
 *
 * @param name     null for the default
 * @param function what is applied
 */
public record Activation(String name, ActivationFunction function) implements Layer {
    /**
     * Checks the parts.
     *
     * @throws NullPointerException if the function is null
     */
    public Activation {
        Arguments.required(function, "Activation", "function", "an activation, for example ActivationFunction.TANH");
    }

    /**
     * A layer that applies a function; the model names it.
     *
     * @param function what is applied
     * @return the layer
     */
    public static Activation of(ActivationFunction function) {
        return new Activation(null, function);
    }

    /**
     * A layer that applies a function, found by Keras's name for it.
     *
     * @param keyword Keras's name: sigmoid, softmax, ...
     * @return the layer
     * @throws IllegalArgumentException naming the activations there are
     */
    public static Activation of(String keyword) {
        return of(ActivationFunction.of(keyword));
    }

    @Override
    public Activation named(String newName) {
        return new Activation(newName, function);
    }

    @Override
    public String kind() {
        return "Activation";
    }

    @Override
    public Map<String, Object> config() {
        return Map.of("activation", function.keyword());
    }

    @Override
    public BuiltLayer build(String layerName, List<Shape> inputs) {
        Arguments.required(layerName, "Activation.build", "layerName", "the name of the layer in its model");
        Arguments.all(inputs, "Activation.build", "inputs", "the shape of each input");
        return new WeightlessLayer("Activation", layerName, site -> new ActivationOperation(function, site));
    }

    /** Rows of x to rows of y. */
    private static final class ActivationOperation implements Operation {
        private final ActivationFunction function;
        private final Value input;
        private final Value output;
        private Rows x;
        private Rows y;
        private Rows dy;
        private Rows dx;
        private boolean addToDx;

        ActivationOperation(ActivationFunction function, Site site) {
            this.function = function;
            this.input = site.inputs().getFirst();
            this.output = site.output("", input.shape());
        }

        @Override
        public List<Value> outputs() {
            return List.of(output);
        }

        @Override
        public void bind(Memory memory) {
            x = input.rows(memory.workspace());
            y = output.rows(memory.workspace());
            if (output.requiresGradient() && output.hasGradient()) {
                dy = output.gradient(memory.workspace());
                dx = input.gradient(memory.workspace());
                addToDx = input.claimGradient();
            }
        }

        @Override
        public void forward(Run run) {
            for (int row = 0; row < output.rows(); row++) {
                RowActivation.forward(function, x.segment(), x.at(row), y.segment(), y.at(row), output.columns());
            }
        }

        @Override
        public void backward(Run run) {
            if (dy == null) {
                return;
            }
            for (int row = 0; row < output.rows(); row++) {
                RowActivation.backward(
                        function, y.segment(), x.at(row), y.at(row), dy.at(row), dy.at(row), output.columns());
                RowCopy.passRow(dy, row, dx, row, addToDx, output.columns());
            }
        }
    }
}
