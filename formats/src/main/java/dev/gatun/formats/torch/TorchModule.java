package dev.gatun.formats.torch;

import dev.gatun.memory.Shape;
import java.util.Locale;
import java.util.Map;

/**
 * A module of a state dict.
 *
 * @param name       the names of the parameters begin with; empty for the parameters of a lone module
 * @param kind       told from its parameters
 * @param parameters shapes by the names they have within it
 * @param form       of a recurrent module; null for others
 */
record TorchModule(String name, ModuleKind kind, Map<String, Shape> parameters, RecurrentForm form) {

    /** What a layer, messages and an architecture call it: a lone module has its class's name. */
    String label() {
        return name.isEmpty() ? kind.word.toLowerCase(Locale.ROOT) : name;
    }

    /** The name of a parameter in the state dict. */
    String key(String parameter) {
        return name.isEmpty() ? parameter : name + "." + parameter;
    }

    boolean has(String parameter) {
        return parameters.containsKey(parameter);
    }

    /** Features it reads; of an embedding 0, which reads ids; of a PReLU with one number for all, -1: any. */
    int inputs() {
        return switch (kind) {
            case LSTM, GRU, RNN -> form.inputs();
            case LINEAR -> size("weight", 1);
            case EMBEDDING -> 0;
            case CONV1D -> size("weight", 1);
            case PRELU -> size("weight", 0) == 1 ? -1 : size("weight", 0);
            case ATTENTION -> size("in_proj_weight", 1);
            case BATCH_NORM -> size("running_mean", 0);
            case LAYER_NORM, RMS_NORM, GROUP_NORM -> size("weight", 0);
        };
    }

    /** Features it makes of so many. */
    int outputs(int inputs) {
        return switch (kind) {
            case LSTM, GRU, RNN -> form.outputs();
            case LINEAR, CONV1D -> size("weight", 0);
            case EMBEDDING -> size("weight", 1);
            case PRELU, ATTENTION, BATCH_NORM, LAYER_NORM, RMS_NORM, GROUP_NORM -> inputs() < 0 ? inputs : inputs();
        };
    }

    int size(String parameter, int axis) {
        return Math.toIntExact(parameters.get(parameter).dim(axis));
    }

    /** As messages list it: {@code fc (Linear, 8 to 2)}. */
    String shown() {
        int inputs = inputs();
        String reads = kind == ModuleKind.EMBEDDING ? "ids" : inputs < 0 ? "any" : String.valueOf(inputs);
        return label() + " (" + kind.word + ", " + reads + " to " + (inputs < 0 ? "any" : outputs(inputs)) + ")";
    }
}
