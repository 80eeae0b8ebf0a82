package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.mapping.cell.Line;
import dev.gatun.formats.onnx.mapping.cell.WrittenCell;
import dev.gatun.formats.onnx.plan.PlannedWeight;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/** Cells that were found written out as layers. */
final class WrittenLayers {

    private static final String ORIGIN = "matrices of the nodes";

    private WrittenLayers() {}

    /** @param cell with a state before it */
    static CellBuild of(WrittenCell cell) {
        List<Line> lines = cell.lines();
        boolean hasBias = lines.stream().anyMatch(line -> isAny(line.bias()) || isAny(line.recurrentBias()));
        RecurrentLayer<?> layer = switch (cell.kind()) {
            case LSTM -> lstm(cell, hasBias);
            case GRU -> Gru.units(cell.units()).recurrentActivation(lines.getFirst().function())
                    .activation(lines.getLast().function()).resetAfter(cell.isResetAfter()).useBias(hasBias);
            case SIMPLE -> SimpleRnn.units(cell.units()).activation(lines.getFirst().function()).useBias(hasBias);
        };
        int units = cell.units();
        long width = (long) units * lines.size();
        List<PlannedWeight> weights = new ArrayList<>();
        weights.add(
                new PlannedWeight("kernel", Shape.of(cell.width(), width), matrix(cell, cell.width(), true), ORIGIN));
        weights.add(new PlannedWeight("recurrent_kernel", Shape.of(units, width), matrix(cell, units, false), ORIGIN));
        if (hasBias) {
            weights.add(
                    new PlannedWeight("bias", cell.isResetAfter() ? Shape.of(2, width) : Shape.of(width), bias(cell),
                            "numbers of the nodes"));
        }
        return new CellBuild(layer, weights);
    }

    private static boolean isAny(double... bias) {
        boolean isAny = false;
        for (int i = 0; bias != null && i < bias.length; i++) {
            isAny |= bias[i] != 0;
        }
        return isAny;
    }

    private static RecurrentLayer<?> lstm(WrittenCell cell, boolean hasBias) {
        Lstm layer = Lstm.units(cell.units()).recurrentActivation(cell.lines().getFirst().function())
                .activation(cell.lines().get(2).function()).useBias(hasBias);
        return cell.shown().equals(cell.lines().get(2).function()) ? layer : layer.outputActivation(cell.shown());
    }

    private static float[] matrix(WrittenCell cell, int rows, boolean isKernel) {
        int units = cell.units();
        int width = units * cell.lines().size();
        float[] numbers = new float[Math.multiplyExact(rows, width)];
        for (int gate = 0; gate < cell.lines().size(); gate++) {
            Line line = cell.lines().get(gate);
            for (int row = 0; row < rows; row++) {
                for (int unit = 0; unit < units; unit++) {
                    numbers[row * width + gate * units + unit] = isKernel
                            ? line.kernel(row, unit)
                            : line.recurrent(row, unit);
                }
            }
        }
        return numbers;
    }

    /** One sum of both, or of a GRU that resets behind the product the input's and then the state's. */
    private static float[] bias(WrittenCell cell) {
        int units = cell.units();
        int width = units * cell.lines().size();
        float[] numbers = new float[cell.isResetAfter() ? 2 * width : width];
        for (int gate = 0; gate < cell.lines().size(); gate++) {
            Line line = cell.lines().get(gate);
            for (int unit = 0; unit < units; unit++) {
                numbers[gate * units + unit] = (float) line.bias()[unit];
                if (line.recurrentBias() != null) {
                    numbers[width + gate * units + unit] = (float) line.recurrentBias()[unit];
                }
            }
        }
        return numbers;
    }
}
