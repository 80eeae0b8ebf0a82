package dev.gatun.engine.dense;

import dev.gatun.engine.team.Team;

/** What a team does with a fully connected layer, over as many rows as are active. */
abstract class DenseJob implements Team.Job {

    final DenseLayer layer;
    final Team team;
    private int rows;

    DenseJob(DenseLayer layer, Team team) {
        this.layer = layer;
        this.team = team;
        this.rows = layer.rows();
    }

    final int rows() {
        return rows;
    }

    /** @param active R of the runs that follow, at most the largest */
    public final void resize(int active) {
        rows = active;
    }

    public final void run() {
        team.run(this);
    }
}
