package dev.gatun.layers.type.lstm;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.cell.LstmCell;
import dev.gatun.engine.cell.LstmFunctions;
import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.rnn.RecurrentBackward;
import dev.gatun.engine.rnn.RecurrentForward;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.engine.rnn.RecurrentWeights;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** An LSTM at known sizes: places its memory, moves states in and out, and lets the engine run. */
final class LstmOperation implements Operation {

    private final Lstm config;
    private final PlanContext site;
    private final LstmCell cell;
    private final RecurrentSizes sizes;
    private final LstmSlots slots;
    private final Value input;
    private final List<Value> outputs = new ArrayList<>();
    private RowsView x;
    private RowsView prepared;
    private InputTransform reading;
    private RowsView h;
    private RowsView lastH;
    private RowsView c;
    private RowsView initialH;
    private RowsView initialC;
    private RecurrentForward forward;
    private BackwardBinding backward;

    LstmOperation(BuiltLstm layer, PlanContext site) {
        this.config = layer.config();
        this.site = site;
        if (site.mode().dropout() && config.recurrentDropout() > 0) {
            throw new IllegalArgumentException(
                    "LSTM '" + site.name() + "' has a recurrent dropout of " + config.recurrentDropout()
                            + ", with which Gatun serves models but does not train them; set it to 0 to train");
        }
        this.input = site.arguments().input();
        this.cell = new LstmCell(new LstmFunctions(
                ActivationFormula.of(config.activation().keyword()),
                ActivationFormula.of(config.recurrentActivation().keyword())));
        this.sizes = new RecurrentSizes(input.batch(), input.time(), layer.inputs(), config.units(), cell.gates());
        this.slots = LstmSlots.plan(site, sizes, config, cell);
        long unitsRow = (long) sizes.unitsLd() * Float.BYTES;
        long firstOutput = slots.h().baseBytes() + sizes.batch() * unitsRow;
        long last = slots.h().baseBytes() + (long) sizes.rows() * unitsRow;
        long lastC = slots.c().baseBytes() + (site.requiresGradient() ? sizes.rows() * unitsRow : 0);
        Shape state = Shape.of(sizes.batch(), sizes.units());
        outputs.add(config.returnsSequences()
                ? site.outputAt("", Shape.of(sizes.batch(), sizes.time(), sizes.units()), firstOutput)
                : site.outputAt("", state, last));
        if (config.returnsState()) {
            outputs.add(site.outputAt(" h", state, last));
            outputs.add(site.outputAt(" c", state, lastC));
        }
    }

    @Override
    public List<Value> outputs() {
        return outputs;
    }

    @Override
    public void bind(Memory memory) {
        MemorySegment w = memory.workspace();
        x = input.rows(w);
        prepared = slots.prepared() == null ? x : new RowsView(w, slots.prepared().baseBytes(), x.rowBytes());
        RowsView mask = slots.mask() == null ? null : new RowsView(w, slots.mask().baseBytes(), x.rowBytes());
        float rate = mask == null ? 0f : (float) config.dropout();
        reading = new InputTransform(sizes, config.goesBackwards(), rate, site.index(), mask);
        RecurrentMemory places = slots.places(w, prepared, sizes, site.requiresGradient());
        h = places.h();
        lastH = h.from(sizes.rows());
        c = places.states().get(1);
        List<Value> initial = site.arguments().initialState();
        if (!initial.isEmpty()) {
            initialH = initial.get(0).rows(w);
            initialC = initial.get(1).rows(w);
        }
        RecurrentWeights weights = weights(memory.parameters());
        forward = new RecurrentForward(sizes, cell, places, weights, site.team());
        if (outputs.stream().anyMatch(output -> output.requiresGradient() && output.hasGradient())) {
            backward = new BackwardBinding(config, sizes, slots, site, outputs, memory, reading);
            RecurrentGradients flow = backward.flow();
            backward.engine(new RecurrentBackward(
                    sizes, cell, places, weights, weights.in(memory.gradients()), flow, site.team()));
        }
    }

    private RecurrentWeights weights(MemorySegment parameters) {
        List<ParameterBlock.Entry> entries = site.weights();
        return new RecurrentWeights(
                parameters,
                entries.get(0).baseBytes(),
                entries.get(1).baseBytes(),
                entries.size() > 2 ? entries.get(2).baseBytes() : RecurrentWeights.NO_BIAS);
    }

    /** A layer that reads this one's sequence, and nothing else of it, can run beside it. */
    @Override
    public Operation joined(Operation next) {
        return next instanceof LstmOperation above && follows(above) ? LstmStackOperation.of(this, above) : null;
    }

    boolean follows(LstmOperation above) {
        return config.returnsSequences() && above.site.arguments().all().equals(List.of(outputs.getFirst()))
                && !above.config.goesBackwards() && sizes.time() > 0;
    }

    RecurrentSizes sizes() {
        return sizes;
    }

    RecurrentForward engine() {
        return forward;
    }

    Team team() {
        return site.team();
    }

    @Override
    public void forward(RunContext run) {
        begin(run);
        forward.run();
    }

    /** Everything before the first step. */
    void begin(RunContext run) {
        initialState(run);
        if (prepared != x) {
            reading.prepare(run, x, prepared);
        }
    }

    private void initialState(RunContext run) {
        int batch = sizes.batch();
        if (initialH != null) {
            RowCopy.copy(initialH, h, batch, sizes.units());
            RowCopy.copy(initialC, c, batch, sizes.units());
        } else if (run.startsFresh()) {
            RowCopy.clear(h, batch, sizes.units());
            RowCopy.clear(c, batch, sizes.units());
        } else {
            RowCopy.copy(lastH, h, batch, sizes.units());
        }
    }

    @Override
    public void backward(RunContext run) {
        if (backward != null) {
            backward.run();
        }
    }

    @Override
    public List<RowsView> stateGradients() {
        return backward == null ? List.of() : backward.flow().dStates();
    }
}
