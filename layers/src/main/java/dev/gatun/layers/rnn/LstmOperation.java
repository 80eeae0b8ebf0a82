package dev.gatun.layers.rnn;

import dev.gatun.engine.gemm.Rows;
import dev.gatun.engine.lstm.LstmBackward;
import dev.gatun.engine.lstm.LstmForward;
import dev.gatun.engine.lstm.LstmGradients;
import dev.gatun.engine.lstm.LstmMemory;
import dev.gatun.engine.lstm.LstmSizes;
import dev.gatun.engine.lstm.LstmWeights;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Run;
import dev.gatun.layers.plan.Site;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** An LSTM at known sizes: places its memory, moves states in and out, and lets the engine run. */
final class LstmOperation implements Operation {

    private final Lstm config;
    private final Site site;
    private final LstmSizes sizes;
    private final LstmSlots slots;
    private final Value input;
    private final List<Value> outputs = new ArrayList<>();
    private Rows x;
    private Rows prepared;
    private LstmInput reading;
    private Rows h;
    private Rows lastH;
    private Rows c;
    private Rows initialH;
    private Rows initialC;
    private LstmForward forward;
    private LstmReturn backward;

    LstmOperation(LstmBuilt layer, Site site) {
        this.config = layer.config();
        this.site = site;
        if (site.purpose().dropout() && config.dropout().recurrent() > 0) {
            throw new IllegalArgumentException(
                    "LSTM '" + site.name() + "' has a recurrent dropout of " + config.dropout().recurrent()
                            + ", with which Gatun serves models but does not train them; set it to 0 to train");
        }
        this.input = site.inputs().getFirst();
        this.sizes = new LstmSizes(input.batch(), input.time(), layer.inputs(), config.units());
        this.slots = LstmSlots.plan(site, sizes, config);
        long unitsRow = (long) sizes.unitsLd() * Float.BYTES;
        long firstOutput = slots.h().baseBytes() + sizes.batch() * unitsRow;
        long last = slots.h().baseBytes() + (long) sizes.rows() * unitsRow;
        long lastC = slots.c().baseBytes() + (site.requiresGradient() ? sizes.rows() * unitsRow : 0);
        Shape state = Shape.of(sizes.batch(), sizes.units());
        outputs.add(config.sequences()
                ? site.outputAt("", Shape.of(sizes.batch(), sizes.time(), sizes.units()), firstOutput)
                : site.outputAt("", state, last));
        if (config.state()) {
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
        prepared = slots.prepared() == null ? x : new Rows(w, slots.prepared().baseBytes(), x.rowBytes());
        Rows mask = slots.mask() == null ? null : new Rows(w, slots.mask().baseBytes(), x.rowBytes());
        float rate = mask == null ? 0f : (float) config.dropout().input();
        reading = new LstmInput(sizes, config.backwards(), rate, site.index(), mask);
        LstmMemory places = slots.places(w, prepared, sizes, site.requiresGradient());
        h = places.h();
        lastH = h.from(sizes.rows());
        c = places.c();
        if (site.inputs().size() == 3) {
            initialH = site.inputs().get(1).rows(w);
            initialC = site.inputs().get(2).rows(w);
        }
        LstmWeights weights = weights(memory.parameters());
        forward = new LstmForward(sizes, config.functions(), places, weights, site.team());
        if (outputs.stream().anyMatch(output -> output.requiresGradient() && output.hasGradient())) {
            backward = new LstmReturn(config, sizes, slots, site, outputs, memory, reading);
            LstmGradients flow = backward.flow();
            backward.engine(new LstmBackward(
                    sizes, config.functions(), places, weights, weights.in(memory.gradients()), flow, site.team()));
        }
    }

    private LstmWeights weights(MemorySegment parameters) {
        List<ParameterBlock.Entry> entries = site.weights();
        return new LstmWeights(
                parameters,
                entries.get(0).baseBytes(),
                entries.get(1).baseBytes(),
                entries.size() > 2 ? entries.get(2).baseBytes() : LstmWeights.NO_BIAS);
    }

    /** A layer that reads this one's sequence, and nothing else of it, can run beside it. */
    @Override
    public Operation joined(Operation next) {
        return next instanceof LstmOperation above && follows(above) ? LstmStackOperation.of(this, above) : null;
    }

    boolean follows(LstmOperation above) {
        return config.sequences() && above.site.inputs().equals(List.of(outputs.getFirst()))
                && !above.config.backwards() && sizes.time() > 0;
    }

    LstmSizes sizes() {
        return sizes;
    }

    LstmForward engine() {
        return forward;
    }

    Team team() {
        return site.team();
    }

    @Override
    public void forward(Run run) {
        begin(run);
        forward.run();
    }

    /** Everything before the first step. */
    void begin(Run run) {
        initialState(run);
        if (prepared != x) {
            reading.prepare(run, x, prepared);
        }
    }

    private void initialState(Run run) {
        int batch = sizes.batch();
        if (initialH != null) {
            RowCopy.copy(initialH, h, batch, sizes.units());
            RowCopy.copy(initialC, c, batch, sizes.units());
        } else if (run.isFresh()) {
            RowCopy.clear(h, batch, sizes.units());
            RowCopy.clear(c, batch, sizes.units());
        } else {
            RowCopy.copy(lastH, h, batch, sizes.units());
        }
    }

    @Override
    public void backward(Run run) {
        if (backward != null) {
            backward.run();
        }
    }

    @Override
    public List<Rows> stateGradients() {
        return backward == null ? List.of() : List.of(backward.flow().dh(), backward.flow().dc());
    }
}
