package dev.gatun.layers.runtime;

import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.RowOperation;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers that work row by row, each reading the one before, in a plan that only goes forward: every member of the team takes its
 * rows through all of them, and nobody waits in between. With fewer rows than members could share, the layers run by themselves.
 */
final class RowsOperation extends JoinedOperation<RowOperation> implements Team.Job {

    private final Team team;
    private final Value output;
    private RunContext running;

    private RowsOperation(List<RowOperation> layers, Team team) {
        super(layers);
        this.team = team;
        this.output = layers.getLast().outputs().getFirst();
    }

    /** These operations as one, or as they are if one of them cannot run some rows alone. */
    static List<Operation> of(List<Operation> operations, Team team) {
        List<RowOperation> layers = new ArrayList<>();
        for (Operation operation : operations) {
            if (!(operation instanceof RowOperation layer)) {
                return operations;
            }
            layers.add(layer);
        }
        return List.of(new RowsOperation(layers, team));
    }

    @Override
    public void forward(RunContext run) {
        if (team.size() > 1 && !Partition.hasRowsForAll(output.rows(), team.size())) {
            forwardInTurn(run);
            return;
        }
        running = run;
        team.run(this);
    }

    @Override
    public void run(int member, int size) {
        int first = Partition.firstRow(output.rows(), member, size);
        int count = Partition.rowsOf(output.rows(), member, size);
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).forwardRows(running, first, count);
        }
    }
}
