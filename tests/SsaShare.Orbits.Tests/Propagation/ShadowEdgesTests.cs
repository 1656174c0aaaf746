using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class ShadowEdgesTests
{
    private static readonly ForceModel Forces = new(new ForceModelOptions(8, true, true) { DrawnOutShadow = false });

    [Theory]
    [InlineData(7_000, 0.01, 12_000), InlineData(26_560, 0.01, 90_000), InlineData(24_400, 0.72, 90_000), InlineData(42_164, 0.001, 180_000)]
    public void Run_OrbitsOfAllPlanes_StopsAtEveryEdge(double semiMajorAxisKm, double eccentricity, double seconds)
    {
        int edges = 0;
        for (int plane = 0; plane < 12; plane++)
        {
            var start = new KeplerianElements(semiMajorAxisKm, eccentricity, 1.1, plane * Math.Tau / 12, 0.7, 2).ToState(Testing.LowOrbit.Epoch, Frame.Gcrf);
            var march = new OrbitMarch(Forces, start, new SurfaceCoefficients(0, 0.02), new PropagationOptions(), 1e-6, seconds);
            var watcher = new Watcher(start.Epoch);
            march.Run(watcher);
            Assert.Null(march.Stop);
            foreach (double crossing in watcher.Crossings)
            {
                edges++;
                Assert.Contains(watcher.StepEnds, end => Math.Abs(end - crossing) < 0.01);
            }
        }
        Assert.InRange(edges, 8, 400);
    }

    /// <summary>Looks at sixty instants inside every step, and by halving for where a margin changes its sign.</summary>
    private sealed class Watcher(Epoch start) : IMarchObserver
    {
        private const int Instants = 60;

        private (bool Penumbra, bool Umbra)? _before;
        private double _timeBefore;

        public List<double> Crossings { get; } = [];
        public List<double> StepEnds { get; } = [];

        public void Inside(OrbitMarch march)
        {
            // The step's own polynomial does not go back before it: what lies between two instants does not cross its start.
            for (int i = 0; i <= Instants; i++)
            {
                double time = march.PreviousTime + (march.Time - march.PreviousTime) * i / Instants;
                var now = Sides(march, time);
                if (i > 0 && _before is { } before && now != before)
                {
                    double low = _timeBefore, high = time;
                    while (high - low > 1e-4)
                    {
                        double middle = 0.5 * (low + high);
                        if (Sides(march, middle) == before) low = middle;
                        else high = middle;
                    }
                    Crossings.Add(high);
                }
                (_before, _timeBefore) = (now, time);
            }
            StepEnds.Add(march.Time);
        }

        public void Arrived(OrbitMarch march) { }

        private (bool Penumbra, bool Umbra) Sides(OrbitMarch march, double time)
        {
            var epoch = start.PlusSeconds(time);
            Forces.ShadowMargins(epoch, march.Inside(epoch, time).PositionKm, out double penumbra, out double umbra);
            return (penumbra < 0, umbra < 0);
        }
    }
}
