package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.LayerChoice;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Layer;
import java.util.Set;

/**
 * A layer with a kernel, which may get a bias and an activation by nodes that come later. The bias is its last weight.
 *
 * @param form       the layer of both
 * @param hasBias    whether it has a bias
 * @param activation linear for none
 */
record KernelLayerChoice(Form form, boolean hasBias, ActivationFunction activation) implements LayerChoice {

    /** The layer, of what is known in the end. */
    interface Form {
        Layer layer(boolean hasBias, ActivationFunction activation);
    }

    static KernelLayerChoice of(Form form, boolean hasBias) {
        return new KernelLayerChoice(form, hasBias, ActivationFunction.LINEAR);
    }

    KernelLayerChoice activated(ActivationFunction function) {
        return new KernelLayerChoice(form, hasBias, function);
    }

    KernelLayerChoice biased() {
        return new KernelLayerChoice(form, true, activation);
    }

    @Override
    public Layer layer(Set<Integer> read) {
        return form.layer(hasBias, activation);
    }
}
