namespace SsaShare.Orbits.Tests;

public class NrlmsiseConditionsTests
{
    private static readonly NrlmsiseActivity Moderate = new(150, 150, 4);
    private static readonly ApHistory Quiet = new(4, 4, 4, 4, 4, 4), Storm = new(100, 100, 100, 100, 100, 100);

    /// <summary>Of the output published with the model (NRL, nrlmsise-00 test cases 1, 4, 14 and 16): kg/m³ there printed as g/cm³.</summary>
    [Theory]
    [InlineData(400, false, 4.074714e-12)]
    [InlineData(100, false, 3.584426e-7)]
    [InlineData(50, false, 1.294709e-3)]
    [InlineData(400, true, 5.881940e-12)]
    [InlineData(100, true, 2.914304e-7)]
    public void At_PublishedCase_GivesItsDensity(double heightKm, bool storm, double expected)
    {
        var conditions = new NrlmsiseConditions(172, Moderate with { History = storm ? Storm : null });
        double density = conditions.At(heightKm, 60, -70, 29_000, 16).MassDensityKgPerM3;
        Assert.Equal(expected, density, expected * 3e-7);
    }

    /// <summary>Six different values of ap, in the order of the model: by the C++ program of A. Morse (github.com/alesmorse/nrlmsise-00), ap = 4 300 207 132 80 48 27, g/cm³ there. Its case of 100 throughout is the published one.</summary>
    [Theory]
    [InlineData(100, 2.731989092e-7)]
    [InlineData(400, 7.126715697e-12)]
    [InlineData(800, 6.488954372e-14)]
    public void At_SixDifferentValuesOfAp_TakesEachInItsPlace(double heightKm, double expected)
    {
        double[] ap = [300, 207, 132, 80, 48, 27];
        Assert.Equal(expected, of(ap), expected * 1e-8);
        for (int i = 0; i < ap.Length; i++)
        for (int j = 0; j < i; j++)
        {
            double[] swapped = [.. ap];
            (swapped[i], swapped[j]) = (ap[j], ap[i]);
            Assert.True(Math.Abs(of(swapped) / expected - 1) > 1e-5, $"{i} and {j} may be swapped.");
        }

        double of(double[] a) => new NrlmsiseConditions(172, Moderate with { History = new ApHistory(a[0], a[1], a[2], a[3], a[4], a[5]) }).At(heightKm, 60, -70, 29_000, 16).MassDensityKgPerM3;
    }

    [Fact]
    public void DragDensity_FarUp_HasAnomalousOxygen()
    {
        var air = new NrlmsiseConditions(172, Moderate).At(1_000, 60, -70, 75_000, 16);
        Assert.Equal(2.756772e-15, air.MassDensityKgPerM3, 1e-21);
        Assert.Equal(3.387411e-15, air.DragDensityKgPerM3, 1e-21);
        var low = new NrlmsiseConditions(172, Moderate).At(200, 60, -70, 75_000, 16);
        Assert.Equal(low.MassDensityKgPerM3, low.DragDensityKgPerM3, 1e-6 * low.MassDensityKgPerM3);
    }

    [Fact]
    public void WithHistory_OfAnotherHour_IsAsIfMadeAnew()
    {
        var shared = new NrlmsiseConditions(80, Moderate with { History = Quiet }).WithHistory(Storm);
        var anew = new NrlmsiseConditions(80, Moderate with { History = Storm });
        Assert.Equal(anew.At(350, -40, 100, 5_000, 8), shared.At(350, -40, 100, 5_000, 8));
        Assert.Throws<InvalidOperationException>(() => new NrlmsiseConditions(80, Moderate).WithHistory(Storm));
    }

    [Fact]
    public void At_MoreFluxOrActivity_IsDenser()
    {
        double of(double flux, double ap) => new NrlmsiseConditions(80, new NrlmsiseActivity(flux, flux, ap)).At(450, 10, 20, 40_000, 12).DragDensityKgPerM3;
        Assert.True(of(70, 4) < of(120, 4) && of(120, 4) < of(200, 4) && of(200, 4) < of(200, 50));
        double day = new NrlmsiseConditions(80, Moderate).At(450, 10, 20, 40_000, 15).DragDensityKgPerM3, night = new NrlmsiseConditions(80, Moderate).At(450, 10, 20, 40_000, 3).DragDensityKgPerM3;
        Assert.InRange(day / night, 2, 8);
    }

    /// <summary>Gas that hangs in balance: the fall of pressure with height is the weight of the air, within the share that diffuses on its own.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(80)]
    public void At_BelowTheTurbopause_IsInHydrostaticBalance(double heightKm)
    {
        const double Boltzmann = 1.380649e-23, Step = 0.05;
        var conditions = new NrlmsiseConditions(200, Moderate);
        double pressure(double height)
        {
            var air = conditions.At(height, 30, 0, 43_200, 12);
            return Boltzmann * air.TemperatureK * (air.Nitrogen2 + air.Oxygen2 + air.Argon + air.Helium + air.Oxygen);
        }
        double gravity = 9.793 * Math.Pow(6_372 / (6_372 + heightKm), 2), weight = conditions.At(heightKm, 30, 0, 43_200, 12).MassDensityKgPerM3 * gravity;
        double fall = (pressure(heightKm - Step) - pressure(heightKm + Step)) / (2_000 * Step);
        Assert.Equal(weight, fall, weight * 0.01);
    }

    [Theory]
    [InlineData(0, 150, 4)]
    [InlineData(367, 150, 4)]
    [InlineData(100, -1, 4)]
    [InlineData(100, double.NaN, 4)]
    [InlineData(100, 150, double.PositiveInfinity)]
    public void New_OutsideTheRange_Throws(int dayOfYear, double flux, double ap)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new NrlmsiseConditions(dayOfYear, new NrlmsiseActivity(flux, 150, ap)));
}
