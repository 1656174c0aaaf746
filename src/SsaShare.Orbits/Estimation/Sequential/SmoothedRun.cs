using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Estimates from all observations of a filter's run.</summary>
public sealed class SmoothedRun
{
    private readonly SmoothedStep[] _steps;

    internal SmoothedRun(FilterRun filtered, SmoothedStep[] steps) => (Filtered, _steps) = (filtered, steps);

    /// <summary>What was smoothed.</summary>
    public FilterRun Filtered { get; }

    /// <summary>Instants at which estimates stand, the same as those of <see cref="Filtered"/>.</summary>
    public int Count => _steps.Length;

    /// <summary>The estimate at one of the instants, from all observations.</summary>
    /// <param name="step">0 to <see cref="Count"/> - 1.</param>
    public FilterEstimate Estimate(int step) => StateAt(step).ToEstimate();

    /// <summary>
    /// McReynolds' test: the filter's estimate minus the smoother's at one instant, each component over the root of the difference of their variances, which is its standard deviation when both
    /// are right. Order: position and velocity in GCRF, ballistic and radiation coefficient of the object. NaN where the smoother knows nothing more than the filter.
    /// </summary>
    /// <param name="step">0 to <see cref="Count"/> - 1.</param>
    /// <remarks>Wright, Optimal Orbit Determination (AGI 2002), as Hujsak and others use it: 99 % of the ratios within 3 or the models are doubted.</remarks>
    public double[] McReynolds(int step)
    {
        var (filter, smoother) = (Filtered.StateAt(step), StateAt(step));
        double[] ratios = new double[FilterState.BallisticDeviation];
        for (int i = 0; i < ratios.Length; i++)
        {
            double before = filter.Variance(i), gained = before - smoother.Variance(i);
            // A difference of a part in 1e8 is rounding, not knowledge.
            ratios[i] = gained > 1e-8 * before ? (filter.X[i] - smoother.X[i]) / Math.Sqrt(gained) : double.NaN;
        }
        return ratios;
    }

    /// <summary>Share of all ratios of <see cref="McReynolds"/> that are within 3; 0.997 where everything is normal and right. NaN where there is none.</summary>
    public double McReynoldsShareWithin3()
    {
        long within = 0, all = 0;
        for (int step = 0; step < Count; step++)
            foreach (double ratio in McReynolds(step))
            {
                if (double.IsNaN(ratio)) continue;
                all++;
                if (Math.Abs(ratio) <= 3) within++;
            }
        return all == 0 ? double.NaN : within / (double)all;
    }

    internal FilterState StateAt(int step) => FilterState.Of(Filtered.EpochOf(step), _steps[step].X, _steps[step].Factor, Filtered.ParameterSlots);
}
