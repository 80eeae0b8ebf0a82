/** Series over time, their windows, scaling and gaps, and the baselines that a forecast has to beat. */
module dev.gatun.data {
    requires transitive dev.gatun.memory;

    exports dev.gatun.data;
    exports dev.gatun.data.time;
}
