package dev.gatun.layers.runtime;

import dev.gatun.engine.rnn.RecurrentForward;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.engine.rnn.SideBySide;
import dev.gatun.engine.rnn.Wavefront;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.RecurrentOperation;
import dev.gatun.layers.plan.RunContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Recurrent layers in a plan that only goes forward, each reading the sequence of the one before, or all reading one sequence:
 * side by side if that pays, one after the other if not.
 */
final class SidesOperation extends JoinedOperation<RecurrentOperation> {

    private final Team team;
    private final boolean isStack;
    private List<RecurrentForward> engines;
    private Wavefront wavefront;
    private SideBySide sides;
    private boolean sideBySide;

    private SidesOperation(List<RecurrentOperation> layers, Team team, boolean isStack) {
        super(layers);
        this.team = team;
        this.isStack = isStack;
    }

    /**
     * @param operations of recurrent layers
     * @param isStack    whether each reads the sequence of the one before
     */
    static SidesOperation of(List<Operation> operations, Team team, boolean isStack) {
        List<RecurrentOperation> layers = new ArrayList<>();
        for (Operation operation : operations) {
            layers.add((RecurrentOperation) operation);
        }
        return new SidesOperation(layers, team, isStack);
    }

    @Override
    public void bind(Memory memory) {
        super.bind(memory);
        engines = new ArrayList<>();
        for (RecurrentOperation layer : layers) {
            engines.add(layer.engine());
        }
        wavefront = isStack ? new Wavefront(engines, team) : null;
        sides = isStack ? null : new SideBySide(engines, team);
    }

    @Override
    public void resize() {
        super.resize();
        List<RecurrentSizes> sizes = new ArrayList<>();
        for (int i = 0; i < engines.size(); i++) {
            sizes.add(engines.get(i).sizes());
        }
        sideBySide = isStack ? givesSteps() && Wavefront.pays(sizes, team) : SideBySide.pays(sizes, team);
    }

    /** A layer above another one reads its steps while they are made; what stands above the last is not here. */
    private boolean givesSteps() {
        for (int i = 0; i < layers.size() - 1; i++) {
            if (!layers.get(i).givesSteps()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void forward(RunContext run) {
        if (!sideBySide) {
            forwardInTurn(run);
            return;
        }
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).begin(run);
        }
        if (isStack) {
            wavefront.run();
        } else {
            sides.run();
        }
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).end();
        }
    }

    @Override
    public void keepState(RunContext run) {
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).keepState(run);
        }
    }
}
