package dev.gatun.layers;

import java.util.List;

/**
 * A recurrent layer as one direction of two, known by the options that Keras's recurrent layers have, whatever its class is.
 *
 * @param layer one direction
 */
record Half(Layer layer) {

    private static final String SEQUENCES = "return_sequences";
    private static final String STATE = "return_state";
    private static final String BACKWARDS = "go_backwards";
    private static final String ZERO_OUTPUT = "zero_output_for_mask";
    private static final List<String> NEEDED = List.of(SEQUENCES, STATE, BACKWARDS);
    private static final List<String> EQUAL = List.of("stateful", SEQUENCES, STATE);

    /** What is wrong with a layer as one direction, as the end of a sentence; null if nothing is. */
    static String problem(String option, Layer layer) {
        List<String> missing = NEEDED.stream().filter(name -> find(layer, name) == null).toList();
        return missing.isEmpty()
                ? null
                : "expected a recurrent layer as " + option + ", for example an LSTM, got " + layer.kind()
                        + ", which has no option " + missing.getFirst();
    }

    boolean sequences() {
        return flag(SEQUENCES);
    }

    boolean state() {
        return flag(STATE);
    }

    boolean backwards() {
        return flag(BACKWARDS);
    }

    /** The same layer the other way. */
    Half reversed() {
        return with(BACKWARDS, true);
    }

    /** The same layer repeating its last output where a step does not count. */
    Half keepingOutputs() {
        return find(layer, ZERO_OUTPUT) == null ? this : with(ZERO_OUTPUT, false);
    }

    Half returningState() {
        return with(STATE, true);
    }

    /** The option in which two directions differ that must not; null if there is none. */
    String differsFrom(Half other) {
        for (String name : EQUAL) {
            if (find(layer, name) != null && find(other.layer, name) != null && flag(name) != other.flag(name)) {
                return name;
            }
        }
        return null;
    }

    boolean flag(String name) {
        return layer.configuration().get(find(layer, name));
    }

    private Half with(String name, boolean value) {
        return new Half(layer.of(layer.configuration().with(find(layer, name), value)));
    }

    @SuppressWarnings("unchecked")
    private static Option<Boolean> find(Layer layer, String name) {
        for (Option<?> option : layer.configuration().options().options()) {
            if (option.name().equals(name) && option.kind() == OptionKind.FLAG) {
                return (Option<Boolean>) option;
            }
        }
        return null;
    }

    /** How many states a call returns. */
    int states() {
        return returningState().layer.on(Input.sequence(1)) instanceof RecurrentOutput output ? output.states() : 0;
    }
}
