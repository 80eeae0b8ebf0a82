package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.cell.CellStep;
import java.util.ArrayList;
import java.util.List;

/** How many steps and samples a run has, which rows are whose, and which thread has which samples: each goes through time alone. */
final class CellRows {

    private final boolean training;
    private final boolean sequences;
    private final Team team;
    private final List<CellStep> steps = new ArrayList<>();
    private int batch;
    private int time;

    /**
     * @param training  whether there is a way back, so that every step has rows of its own
     * @param sequences whether every step has a row of the output
     */
    CellRows(boolean training, boolean sequences, Team team) {
        this.training = training;
        this.sequences = sequences;
        this.team = team;
        for (int member = 0; member < team.size(); member++) {
            steps.add(new CellStep());
        }
    }

    void resize(int activeBatch, int activeTime) {
        batch = activeBatch;
        time = activeTime;
    }

    int batch() {
        return batch;
    }

    int time() {
        return time;
    }

    boolean isTraining() {
        return training;
    }

    boolean givesSequences() {
        return sequences;
    }

    /** A few rows are not worth a meeting of threads. */
    void run(Team.Job job) {
        if (team.size() > 1 && Partition.hasRowsForAll(batch, team.size())) {
            team.run(job);
        } else {
            job.run(0, 1);
        }
    }

    void meet(int size) {
        if (size > 1) {
            team.barrier();
        }
    }

    int first(int member, int size) {
        return Partition.firstRow(batch, member, size);
    }

    int input(int t, int sample) {
        return t * batch + sample;
    }

    int kept(int t, int sample) {
        return training ? t * batch + sample : sample;
    }

    /** Where the states lie before step t; after it is before the next. */
    int state(int t, int sample) {
        return (training ? t : t % 2) * batch + sample;
    }

    int output(int t, int sample) {
        return sequences ? t * batch + sample : sample;
    }

    int stateGradient(int t, int sample) {
        return t % 2 * batch + sample;
    }

    /** Some samples of step t, for one thread. */
    CellStep step(int member, int t, int sample, int count) {
        return steps.get(member)
                .rows(count, input(t, sample), kept(t, sample))
                .makes(output(t, sample), state(t, sample), state(t + 1, sample))
                .gradients(sample, stateGradient(t, sample), stateGradient(t + 1, sample));
    }

    /** The rows of all steps. */
    CellStep all(int member) {
        return step(member, 0, 0, time * batch);
    }
}
