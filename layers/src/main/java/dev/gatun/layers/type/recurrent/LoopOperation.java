package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.rnn.CellKernel;
import dev.gatun.engine.rnn.GateDrops;
import dev.gatun.engine.rnn.RecurrentForward;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.engine.rnn.RecurrentWeights;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RecurrentOperation;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.plan.WeightPlaces;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A recurrent layer planned for its largest sizes: places its memory, moves states in and out, and lets the engine run. */
final class LoopOperation implements RecurrentOperation {

    private final RecurrentLayer<?> config;
    private final PlanContext context;
    private final CellKernel cell;
    private final int ownWeights;
    private final RecurrentSizes largest;
    private final RecurrentSlots slots;
    private final RecurrentOutputs outputs;
    private final Value input;
    private RowsView x;
    private RowsView prepared;
    private InputTransform reading;
    private DropMasks dropMasks;
    private StepMask mask;
    private RecurrentStates states;
    private RecurrentForward forward;
    private BackwardBinding backward;

    LoopOperation(BuiltRecurrent layer, PlanContext context) {
        this.config = layer.config();
        this.context = context;
        this.input = context.arguments().input();
        this.cell = layer.form().cell();
        this.ownWeights = layer.form().own().size();
        this.largest = new RecurrentSizes(input.batch(), input.time(), layer.inputs(), config.units(),
                config.stateWidths().getFirst(), cell.gates());
        this.slots = RecurrentSlots.plan(context, largest, config, cell);
        this.outputs = RecurrentOutputs.plan(context, largest, layer, slots);
    }

    @Override
    public List<Value> outputs() {
        return outputs.values().all();
    }

    @Override
    public void bind(Memory memory) {
        MemorySegment w = memory.workspace();
        x = input.rows(w);
        prepared = slots.prepared() == null ? x : new RowsView(w, slots.prepared().baseBytes(), x.rowBytes());
        DropSlots drops = slots.drops();
        dropMasks = drops == null ? null : drops.masks(w, largest, x, config, context.call().stream());
        GateDrops gateDrops = drops == null ? null : drops.places(w, largest, x);
        Value given = context.mask();
        mask = slots.steps() == null
                ? null
                : new StepMask(given, given.rows(w), slots.stepRows(w), config.goesBackwards(),
                        config.zeroesOutputForMask());
        reading = new InputTransform(input, config.goesBackwards(),
                dropMasks == null || gateDrops != null ? null : dropMasks.ofInput(), mask);
        RecurrentMemory places = slots.places(w, prepared, memory.zeros(), largest, context.requiresGradient());
        states = new RecurrentStates(context, places, largest, learned(memory.parameters()),
                config.stateWidths(), w);
        RecurrentWeights weights = weights(memory.parameters());
        forward = new RecurrentForward(largest, cell, places, weights, gateDrops, context.team());
        if (hasGradient()) {
            MemorySegment into = context.gradients(memory);
            RecurrentWeights gradients = into == null ? null : weights.in(into);
            backward = new BackwardBinding(context, outputs.values(), slots, reading, mask,
                    into == null ? null : learned(into), states.begins(), w, largest, config.stateWidths(), cell);
            backward.bind(cell, places, weights, gradients, gateDrops);
        }
        outputs.bind(w, places);
    }

    private boolean hasGradient() {
        for (Value output : outputs.values().all()) {
            if (output.requiresGradient() && output.hasGradient()) {
                return true;
            }
        }
        return false;
    }

    /** The last weights of the layer, or their gradients; null if sequences begin at zeros. */
    private LearnedStates learned(MemorySegment segment) {
        if (!config.learnsInitialState()) {
            return null;
        }
        List<Long> learned = new ArrayList<>();
        int first = (config.useBias() ? 3 : 2) + ownWeights;
        for (int state = 0; state < cell.states(); state++) {
            learned.add(context.weights().at(first + state));
        }
        return LearnedStates.of(segment, learned, config.stateWidths());
    }

    private RecurrentWeights weights(MemorySegment parameters) {
        WeightPlaces places = context.weights();
        int first = config.useBias() ? 3 : 2;
        List<Long> own = new ArrayList<>();
        for (int i = 0; i < ownWeights; i++) {
            own.add(places.at(first + i));
        }
        return new RecurrentWeights(parameters, places.at(0), places.at(1),
                config.useBias() ? places.at(2) : RecurrentWeights.NO_BIAS, own);
    }

    /** For tests; null in plans in which nothing falls. */
    DropMasks dropMasks() {
        return dropMasks;
    }

    @Override
    public void resize() {
        forward.resize(input.batch(), input.time());
        states.resize(input.batch(), input.time());
        if (backward != null) {
            backward.resize(input.batch(), input.time());
        }
    }

    @Override
    public boolean givesSteps() {
        return !outputs.isApart();
    }

    @Override
    public RecurrentForward engine() {
        return forward;
    }

    @Override
    public void forward(RunContext run) {
        begin(run);
        forward.run();
        end();
    }

    @Override
    public void begin(RunContext run) {
        states.begin(run);
        if (mask != null) {
            mask.prepare();
        }
        if (dropMasks != null) {
            dropMasks.draw(run, input.batch());
        }
        if (prepared != x) {
            reading.prepare(x, prepared);
        }
    }

    @Override
    public void end() {
        outputs.write(states, mask);
    }

    @Override
    public void keepState(RunContext run) {
        states.keep(run);
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
