namespace SsaShare.Orbits.Tests;

public class Dop853Tests
{
    /// <summary>A Kepler orbit of eccentricity 0.3 in units of its own: mu = a = 1.</summary>
    private sealed class Kepler : IDifferentialEquations
    {
        public void Derivative(double t, ReadOnlySpan<double> y, Span<double> derivative)
        {
            double r2 = y[0] * y[0] + y[1] * y[1], r3 = r2 * Math.Sqrt(r2);
            (derivative[0], derivative[1], derivative[2], derivative[3]) = (y[2], y[3], -y[0] / r3, -y[1] / r3);
        }
    }

    private static readonly double[] Start = [0.7, 0, 0, Math.Sqrt(1.3 / 0.7)];

    [Fact]
    public void TryStep_FixedSteps_ConvergesWithOrderEight()
    {
        double coarse = ErrorAfterOneTurn(80), fine = ErrorAfterOneTurn(160);
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED order of convergence of the integrator: {Math.Log2(coarse / fine):F2}");
        Assert.InRange(Math.Log2(coarse / fine), 7.6, 9);
    }

    [Fact]
    public void Interpolate_InsideOneStep_ConvergesWithOrderSeven()
    {
        // Of order seven: what one step adds to the error falls with the eighth power of its length.
        double order = Math.Log2(ErrorInside(0.2) / ErrorInside(0.1));
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED order of the dense output: {order - 1:F2}");
        Assert.InRange(order, 7.5, 9);
    }

    [Fact]
    public void TryStep_UndoneAndTakenAgain_IsTheSame()
    {
        var integrator = new Dop853(new Kepler(), [1e-9, 1e-9, 1e-9, 1e-9], 4);
        integrator.Start(0, Start, 0.1);
        Assert.True(integrator.TryStep(10) && integrator.TryStep(10));
        (double time, double[] values) = (integrator.Time, integrator.Values.ToArray());
        integrator.Undo();
        Assert.True(integrator.TryStep(time));
        Assert.Equal(time, integrator.Time);
        for (int i = 0; i < 4; i++) Assert.Equal(values[i], integrator.Values[i], 1e-15 + 1e-14 * Math.Abs(values[i]));
    }

    [Fact]
    public void TryStep_AfterTheStart_AllocatesNothing()
    {
        var integrator = new Dop853(new Kepler(), [1e-9, 1e-9, 1e-9, 1e-9], 4);
        integrator.Start(0, Start, 0.1);
        double[] inside = new double[4];
        Assert.True(integrator.TryStep(1e6));
        integrator.Interpolate(integrator.Time, inside);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            Assert.True(integrator.TryStep(1e6));
            integrator.Interpolate(0.5 * (integrator.PreviousTime + integrator.Time), inside);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Dop853 WithSteps(double h)
    {
        var integrator = new Dop853(new Kepler(), [1e9, 1e9, 1e9, 1e9], 4) { LongestStep = h };
        integrator.Start(0, Start, h);
        return integrator;
    }

    private static double ErrorAfterOneTurn(int steps)
    {
        var integrator = WithSteps(Math.Tau / steps);
        for (int i = 0; i < steps; i++) Assert.True(integrator.TryStep(i == steps - 1 ? Math.Tau : (i + 1) * Math.Tau / steps));
        return Math.Sqrt(Enumerable.Range(0, 4).Sum(i => Math.Pow(integrator.Values[i] - Start[i], 2)));
    }

    private static double ErrorInside(double h)
    {
        var integrator = WithSteps(h);
        Assert.True(integrator.TryStep(h));
        double worst = 0;
        double[] y = new double[4];
        for (int i = 1; i < 20; i++)
        {
            double t = h * i / 20;
            integrator.Interpolate(t, y);
            var exact = Exact(t);
            worst = Math.Max(worst, Math.Sqrt(Math.Pow(y[0] - exact.X, 2) + Math.Pow(y[1] - exact.Y, 2)));
        }
        return worst;
    }

    /// <summary>By Kepler's equation.</summary>
    private static (double X, double Y) Exact(double t)
    {
        double e = t;
        for (int i = 0; i < 50; i++) e -= (e - 0.3 * Math.Sin(e) - t) / (1 - 0.3 * Math.Cos(e));
        return (Math.Cos(e) - 0.3, Math.Sqrt(1 - 0.09) * Math.Sin(e));
    }
}
