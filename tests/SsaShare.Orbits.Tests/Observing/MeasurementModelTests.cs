using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class MeasurementModelTests
{
    private const double LightSpeedKmPerS = 299_792.458, RadPerArcsecond = Math.PI / 648_000;

    [Fact]
    public void Measure_OfLocatedPlace_ReturnsRangeAndAngles()
    {
        var measured = Watch.Site.Measure(new CartesianState(Watch.Tag, Frame.Itrf, Watch.Site.Locate(1_533, 5.1, 0.56), new Vector3d(1, 2, 3)));
        Assert.Equal(1_533, measured.RangeKm, 1e-9);
        Assert.Equal(5.1, measured.AzimuthRad, 1e-12);
        Assert.Equal(0.56, measured.ElevationRad, 1e-12);
    }

    [Fact]
    public void Predict_Corrected_IsTheGeometryOfTheSite()
    {
        var (there, predicted) = (Watch.Site.Measure(EarthRotation.Default.ToItrf(Watch.Object)), Watch.Predict(SignalConventions.Corrected));
        Assert.Equal(there.RangeKm, predicted.RangeKm, 1e-9);
        Assert.Equal(there.AzimuthRad, predicted.AzimuthRad, 1e-12);
        Assert.Equal(there.ElevationRad, predicted.ElevationRad, 1e-12);
        Assert.Equal(there.RangeRateKmPerS, predicted.RangeRateKmPerS, 1e-12);
    }

    [Fact]
    public void Predict_TimeTagOfReception_SeesTheObjectOneLightTimeEarlier()
    {
        double range(TimeTag tag) => Watch.Predict(new() { TimeTag = tag }).RangeKm;
        double rate = Watch.Predict(SignalConventions.Corrected).RangeRateKmPerS;
        double lightTime = 1_533 / LightSpeedKmPerS;
        Assert.Equal(-rate * lightTime, range(TimeTag.AtReception) - range(TimeTag.AtObject), 1e-6);
        Assert.Equal(rate * lightTime, range(TimeTag.AtTransmission) - range(TimeTag.AtObject), 1e-6);
    }

    /// <summary>One and the same pulse, tagged at its three ends.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Predict_OnePulseTaggedAtItsThreeEnds_GivesTheSameFigures(bool inOrbit)
    {
        IObserver place = inOrbit ? Watch.Platform : Watch.Site;
        var atObject = new SignalConventions { Path = SignalPath.TwoWay };
        var observer = new ObserverPath(place.At(Watch.Tag, EarthRotation.Default, AnalyticSolarSystem.Instance));
        var legs = new SignalGeometry(new FreeFall(Watch.Object.PositionKm, Watch.Object.VelocityKmPerS), observer, SignalPath.TwoWay, TimeTag.AtObject);
        Assert.Equal(0, legs.Bounce);
        Assert.Equal(legs.Up.Norm / LightSpeedKmPerS, -legs.Sent, 1e-13);
        Assert.Equal(legs.Down.Norm / LightSpeedKmPerS, legs.Received, 1e-13);
        var expected = Watch.Predict(atObject, place);
        foreach (var (tag, dt) in new[] { (TimeTag.AtTransmission, legs.Sent), (TimeTag.AtReception, legs.Received) })
        {
            // The instant of an epoch is whole nanoseconds: 1e-9 s times 7 km/s.
            var moved = Watch.ObjectAfter(Math.Round(dt, 9));
            var predicted = Watch.Model.Predict(Watch.With(atObject with { TimeTag = tag }, place), moved);
            Assert.Equal(expected.RangeKm, predicted.RangeKm, 1e-8);
            // The clock of the other end runs by the rate over the speed of light faster or slower than that of the object.
            double ahead = dt > 0 ? 1 : -1, leg = ahead * (delay(1e-2) - delay(-1e-2)) / 2e-2;
            Assert.Equal(expected.RangeRateKmPerS, predicted.RangeRateKmPerS * (1 + ahead * leg), 3e-9);
            Assert.Equal(expected.DeclinationRad, predicted.DeclinationRad, 1e-11);

            double delay(double after)
            {
                var there = Watch.ObjectAfter(after);
                var then = new SignalGeometry(new FreeFall(there.PositionKm, there.VelocityKmPerS),
                    new ObserverPath(place.At(there.Epoch, EarthRotation.Default, AnalyticSolarSystem.Instance)), SignalPath.TwoWay, TimeTag.AtObject);
                return dt > 0 ? then.Received : then.Sent;
            }
        }
    }

    [Fact]
    public void Predict_EndsSwapped_SameRangeOppositeDirection()
    {
        var there = Watch.Platform.At(Watch.Tag, EarthRotation.Default, AnalyticSolarSystem.Instance);
        var objectAsPlatform = new OrbitingPlatform([.. Enumerable.Range(-2, 5).Select(i => Watch.ObjectAfter(i * 10))]);
        var forth = Watch.Predict(SignalConventions.Corrected, Watch.Platform);
        var back = Watch.Model.Predict(Watch.With(SignalConventions.Corrected, objectAsPlatform), new CartesianState(Watch.Tag, Frame.Gcrf, there.PositionKm, there.VelocityKmPerS));
        Assert.Equal(forth.RangeKm, back.RangeKm, 1e-9);
        Assert.Equal(forth.RangeRateKmPerS, back.RangeRateKmPerS, 1e-9);
        Assert.Equal(forth.DeclinationRad, -back.DeclinationRad, 1e-12);
        Assert.Equal(Math.PI, Math.Abs(forth.RightAscensionRad - back.RightAscensionRad), 1e-12);
        Assert.True(double.IsNaN(forth.AzimuthRad) && double.IsNaN(forth.ElevationRad));
    }

    /// <summary>What the sensor's own motion makes of the light time, its aberration takes off: together they are the direction at the instant the light left.</summary>
    [Fact]
    public void Predict_ApparentDirection_IsTheGeometricOneWhenTheLightLeft()
    {
        var conventions = SignalConventions.Telescope(Aberration.Apparent) with { TimeTag = TimeTag.AtObject };
        var (apparent, geometric) = (Watch.Predict(conventions), Watch.Predict(SignalConventions.Corrected));
        Assert.Equal(0, Separation(apparent, geometric) / RadPerArcsecond, 1e-3);
    }

    [Fact]
    public void Predict_Aberration_HasTheKnownSizes()
    {
        var none = SignalConventions.Telescope(Aberration.None);
        double of(Aberration aberration, IObserver place) => Separation(Watch.Predict(none with { Aberration = aberration }, place), Watch.Predict(none, place)) / RadPerArcsecond;
        // Diurnal: 0.32" on the equator, times the sine of the angle between motion and sight.
        Assert.InRange(of(Aberration.Apparent, Watch.Site), 0.05, 0.32);
        Assert.InRange(of(Aberration.Apparent, Watch.Platform), 0.5, 5.3);
        Assert.InRange(of(Aberration.AgainstStars, Watch.Site), 0, 20.9);
        // Over all directions the annual one reaches its constant, 20.4955", within the eccentricity of the Earth's orbit.
        double most = 0;
        for (int i = 0; i < 60; i++)
        {
            var direction = new Vector3d(Math.Cos(i * 0.1047), Math.Sin(i * 0.1047), 0.1);
            var at = new CartesianState(Watch.Tag, Frame.Gcrf, Watch.Object.PositionKm + 40_000 * direction, Watch.Object.VelocityKmPerS);
            var (with, without) = (Watch.Model.Predict(Watch.With(none with { Aberration = Aberration.AgainstStars }), at), Watch.Model.Predict(Watch.With(none), at));
            most = Math.Max(most, Separation(with, without) / RadPerArcsecond);
        }
        Assert.InRange(most, 20.4955 * (1 - 0.0175), 20.4955 * (1 + 0.0175));
    }

    [Fact]
    public void Predict_OneWayRange_FromMovingSitesDiffersByTheWayOfTheSite()
    {
        var path = new SignalConventions { Path = SignalPath.OneWay };
        var observer = Watch.Site.At(Watch.Tag, EarthRotation.Default, AnalyticSolarSystem.Instance);
        var sight = (Watch.Object.PositionKm - observer.PositionKm).Unit();
        double lightTime = 1_533 / LightSpeedKmPerS;
        Assert.Equal(-sight.Dot(observer.VelocityKmPerS) * lightTime, Watch.Predict(path).RangeKm - Watch.Predict(SignalConventions.Corrected).RangeKm, 1e-7);
        // Forth and back it cancels but for the square.
        Assert.Equal(Watch.Predict(SignalConventions.Corrected).RangeKm, Watch.Predict(path with { Path = SignalPath.TwoWay }).RangeKm, 1e-8);
    }

    [Theory]
    [InlineData(CountTag.Start, 0)]
    [InlineData(CountTag.Middle, -10)]
    [InlineData(CountTag.End, -20)]
    public void Predict_RangeRateCount_IsTheChangeOfRangeOverIt(CountTag tag, double from)
    {
        var conventions = new SignalConventions { Path = SignalPath.TwoWay, TimeTag = TimeTag.AtReception, RangeRateCountSeconds = 20, RangeRateCountTag = tag };
        double range(double dt) => Watch.Model.Predict(Watch.With(conventions with { RangeRateCountSeconds = null }), Watch.ObjectAfter(dt)).RangeKm;
        Assert.Equal((range(from + 20) - range(from)) / 20, Watch.Predict(conventions).RangeRateKmPerS, 1e-9);
    }

    /// <summary>What a count comes to as its interval shrinks is the rate at one instant, whatever is tagged.</summary>
    [Theory]
    [InlineData(SignalPath.Instant, TimeTag.AtObject)]
    [InlineData(SignalPath.Instant, TimeTag.AtReception)]
    [InlineData(SignalPath.OneWay, TimeTag.AtObject)]
    [InlineData(SignalPath.OneWay, TimeTag.AtReception)]
    [InlineData(SignalPath.TwoWay, TimeTag.AtObject)]
    [InlineData(SignalPath.TwoWay, TimeTag.AtReception)]
    [InlineData(SignalPath.TwoWay, TimeTag.AtTransmission)]
    public void Predict_RangeRate_IsTheLimitOfCounts(SignalPath path, TimeTag tag)
    {
        foreach (IObserver place in (IObserver[])[Watch.Site, Watch.Platform])
        {
            var conventions = new SignalConventions { Path = path, TimeTag = tag };
            double rate = Watch.Predict(conventions, place).RangeRateKmPerS;
            double count(double seconds) => Watch.Predict(conventions with { RangeRateCountSeconds = seconds }, place).RangeRateKmPerS;
            // The error of a count in the middle falls with the square of its length.
            double limit = (4 * count(1) - count(2)) / 3;
            // The velocity of a site leaves the precession of the Earth's axis out: 8e-12 rad/s.
            Assert.Equal(limit, rate, 1e-8);
        }
    }

    [Fact]
    public void Predict_FramesOfAngles_DifferByTheirTurns()
    {
        PredictedFigures of(AngleFrame frame) => Watch.Predict(SignalConventions.Corrected with { AngleFrame = frame });
        Assert.InRange(Separation(of(AngleFrame.Gcrf), of(AngleFrame.Eme2000)) / RadPerArcsecond, 1e-3, 0.03);
        // Three years of precession before J2000, and nutation.
        Assert.InRange(Separation(of(AngleFrame.Gcrf), of(AngleFrame.TrueOfDate)) / RadPerArcsecond, 20, 200);
        Assert.Equal(of(AngleFrame.TrueOfDate).DeclinationRad, of(AngleFrame.Teme).DeclinationRad, 1e-12);
        Assert.Equal(Fk5.EquationOfEquinoxesRad(Watch.Tag), of(AngleFrame.TrueOfDate).RightAscensionRad - of(AngleFrame.Teme).RightAscensionRad, 1e-12);
    }

    [Fact]
    public void Predict_CentreOfMass_ShortensTheRange()
        => Assert.Equal(-0.251e-3, Watch.Predict(new() { CentreOfMassOffsetKm = 0.251e-3 }).RangeKm - Watch.Predict(new()).RangeKm, 1e-12);

    [Fact]
    public void Predict_Zenith_HasFinitePartials()
    {
        double[] partials = new double[36];
        var above = EarthRotation.Default.ToGcrf(new CartesianState(Watch.Tag, Frame.Itrf, Watch.Site.Locate(800, 0, Math.PI / 2), new Vector3d(1, 2, 3)));
        Watch.Model.Predict(Watch.With(SignalConventions.Corrected), Watch.Tag, above.PositionKm, above.VelocityKmPerS, partials);
        Assert.All(partials, partial => Assert.True(double.IsFinite(partial)));
    }

    [Fact]
    public void Predict_ImpossibleSensors_Refused()
    {
        Assert.Throws<ArgumentException>(() => Watch.Predict(new() { Path = SignalPath.OneWay, TimeTag = TimeTag.AtTransmission }));
        Assert.Throws<ArgumentException>(() => Watch.Model.Predict(Watch.With(new()), EarthRotation.Default.ToItrf(Watch.Object)));
        Assert.Throws<ArgumentException>(() => new TrackingSensor(default, Watch.Platform, new TrackingFigures(AzimuthRad: 1e-4), TrackingFigures.None));
    }

    /// <summary>Against the sum of the delay along the way.</summary>
    [Fact]
    public void Shapiro_OverHeadAndLow_IsTheSumAlongTheWay()
    {
        foreach (var there in new[] { new Vector3d(12_270, 0, 0), new Vector3d(7_000, 9_000, 1_000) })
        {
            var here = new Vector3d(6_378, 0, 0);
            double length = (there - here).Norm, sum = 0;
            const int parts = 20_000;
            for (int i = 0; i < parts; i++) sum += length / parts / (here + (i + 0.5) / parts * (there - here)).Norm;
            Assert.Equal(2 * 398_600.4418 / (LightSpeedKmPerS * LightSpeedKmPerS) * sum, MeasurementModel.Shapiro(here, there, length), 1e-13);
            Assert.InRange(MeasurementModel.Shapiro(here, there, length) * 1e6, 5, 10);
        }
    }

    [Fact]
    public void Predict_HotPath_AllocatesNothing()
    {
        var sensor = Watch.With(SignalConventions.LaserRanging(0.251e-3), new SensorSite(Watch.Site.Place, new StationMotion { PoleTide = true, SolidTide = true }));
        double[] partials = new double[36];
        var weather = new SurfaceWeather(1_000, 290, 50);
        var (r, v) = (Watch.Object.PositionKm, Watch.Object.VelocityKmPerS);
        void predict() => Watch.Model.Predict(sensor, Watch.Tag, r, v, partials, default, weather);
        predict();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) predict();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void SensorObservation_OfAnotherSensor_Refuses()
    {
        var figures = new MeasurementFigures(0.1, null, null, null);
        var sensor = new Sensor(SensorId.Parse("A"), PartnerId.Parse("aa"), "A", default, figures, figures);
        Assert.Throws<ArgumentException>(() => new SensorObservation(sensor, new Observation(SensorId.Parse("B"), Watch.Tag, 1, null, null, null, null)));
    }

    private static double Separation(PredictedFigures a, PredictedFigures b)
        => Math.Sqrt(Math.Pow(a.DeclinationRad - b.DeclinationRad, 2) + Math.Pow(a.Residual(MeasurementKind.RightAscension, b.RightAscensionRad), 2));
}
