package dev.gatun.layers.type.rnn;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.InputShapes;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.LayerTypes;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.Parts;
import dev.gatun.layers.RecurrentCell;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.StackedRnnCells;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.cell.BuiltCell;
import dev.gatun.layers.cell.CellType;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known of {@link Rnn}: that of the layer whose cell it has, or of a loop over a cell that has none. */
public final class RnnType extends LayerType<Rnn> {

    private final LayerTypes types;

    /** A type that holds no layers yet. */
    public RnnType() {
        this(new LayerTypes(List.of()));
    }

    private RnnType(LayerTypes types) {
        super(new Rnn(Configuration.of(Rnn.OPTIONS)));
        this.types = types;
    }

    @Override
    public LayerType<Rnn> among(LayerTypes all) {
        return new RnnType(all);
    }

    @Override
    public BuiltLayer build(Rnn layer, String name, CallArguments<Shape> shapes) {
        RnnForm form = new RnnForm(layer, name);
        form.require(shapes);
        Optional<Layer> fused = fused(layer);
        if (fused.isPresent()) {
            return types.of(fused.get()).build(fused.get(), name, shapes);
        }
        int inputs = InputShapes.features("RNN", name, shapes.input());
        return new BuiltRnn(form, inputs, cell(types.of(layer.cell()), layer.cell(), name, inputs));
    }

    private static <C extends Layer> BuiltCell cell(LayerType<C> type, Layer cell, String name, int inputs) {
        if (type instanceof CellType<?> own) {
            return built(own, cell, name, inputs);
        }
        throw new IllegalArgumentException("RNN '" + name + "' holds a cell of class " + cell.kind() + ", whose type "
                + type.getClass().getName() + " says nothing of steps; let it extend CellType");
    }

    private static <C extends Layer & RecurrentCell> BuiltCell built(
            CellType<C> type, Layer cell, String name, int inputs) {
        return type.cell(type.layerClass().cast(cell), name, inputs);
    }

    /** The layer that runs in its place; none if the loop over a user's own cell does. */
    private Optional<Layer> fused(Rnn layer) {
        return types.of(layer.cell()) instanceof FusedCellType<?> type
                ? Optional.of(type.over(layer, types))
                : Optional.empty();
    }

    @Override
    public Optional<Parts> parts(Rnn layer, String name) {
        return layer.cell() instanceof StackedRnnCells
                ? Optional.of(new StackParts(layer, name))
                : Optional.empty();
    }

    @Override
    public List<LayerType<?>> partTypes() {
        return List.of(new TurnType());
    }

    private static RecurrentCell cell(Rnn layer) {
        return (RecurrentCell) layer.cell();
    }

    @Override
    public List<String> outputs(Rnn layer) {
        List<String> outputs = new ArrayList<>(List.of(""));
        if (layer.returnsState()) {
            outputs.addAll(cell(layer).stateNames());
        }
        return List.copyOf(outputs);
    }

    @Override
    public <T> CallArguments<T> arguments(List<T> values) {
        return CallArguments.of(values.getFirst(), values.subList(1, values.size()));
    }

    @Override
    public MaskRule masks(Rnn layer) {
        return MaskRule.CONSUME;
    }

    @Override
    public Stepping stepping(Rnn layer) {
        Optional<Layer> fused = fused(layer);
        if (fused.isPresent()) {
            return types.of(fused.get()).stepping(fused.get());
        }
        List<Integer> widths = cell(layer).stateSizes();
        return layer.goesBackwards()
                ? new Stepping.WholeSequence("goes backwards: it needs the end of the sequence first", widths)
                : new Stepping.Recurrent(widths);
    }

    @Override
    public List<Integer> shownStates(Rnn layer) {
        return cell(layer).stateSizes();
    }

    @Override
    public List<Integer> keptStates(Rnn layer) {
        Optional<Layer> fused = fused(layer);
        if (fused.isPresent()) {
            return types.of(fused.get()).keptStates(fused.get());
        }
        return layer.isStateful() ? cell(layer).stateSizes() : List.of();
    }

    @Override
    public String kerasWeights(Rnn layer) {
        return "cell/" + types.of(layer.cell()).kerasWeights(layer.cell());
    }

    @Override
    public List<String> onnx(Rnn layer, OnnxCall call) {
        Layer fused = fused(layer).orElseThrow(() -> new IllegalArgumentException("RNN '" + call.name()
                + "' cannot be written as ONNX: it runs a " + layer.cell().kind()
                + ", and ONNX has LSTM, GRU and RNN only; save the model as .gatun"));
        return types.of(fused).onnx(fused, call);
    }
}
