package dev.gatun.layers;

/** The condition on a layer that makes one step within another. */
final class CellCheck implements OptionCheck<Layer> {

    @Override
    public String problem(String option, Layer layer) {
        if (!(layer instanceof RecurrentCell)) {
            return "expected a cell as " + option + ", for example LSTMCell, got " + layer.kind()
                    + ", which is none; LstmCell, GruCell, SimpleRnnCell and StackedRnnCells are, and own layers that "
                    + "implement RecurrentCell";
        }
        return new PenaltyOutside().problem(option, layer);
    }
}
