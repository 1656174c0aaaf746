using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class MeasurementModelTests
{
    private static readonly SensorSite Site = new(new Geodetic(0.3, -1.08, 0.0005));
    private static readonly MeasurementModel Model = new(EarthRotation.Default, SignalConventions.Corrected);
    private static readonly Epoch Tag = Testing.At("1996-12-15T14:55:00");

    private static CartesianState Object { get; } = EarthRotation.Default.ToGcrf(
        new CartesianState(Tag, Frame.Itrf, Site.Locate(1_533, 2.1, 0.56), new Vector3d(-3.1, 4.2, 5.3)));

    [Fact]
    public void Measure_OfLocatedPlace_ReturnsRangeAndAngles()
    {
        var measured = Site.Measure(new CartesianState(Tag, Frame.Itrf, Site.Locate(1_533, 5.1, 0.56), new Vector3d(1, 2, 3)));
        Assert.Equal(1_533, measured.RangeKm, 1e-9);
        Assert.Equal(5.1, measured.AzimuthRad, 1e-12);
        Assert.Equal(0.56, measured.ElevationRad, 1e-12);
    }

    [Fact]
    public void Predict_TimeTagOfReception_SeesTheObjectOneLightTimeEarlier()
    {
        double range(TimeTag tag) => Model.Predict(SensorWith(new() { TimeTag = tag }), Object).RangeKm;
        double rate = Model.Predict(SensorWith(SignalConventions.Corrected), Object).RangeRateKmPerS;
        double lightTime = 1_533 / 299_792.458;
        Assert.Equal(-rate * lightTime, range(TimeTag.AtReception) - range(TimeTag.AtObject), 1e-6);
        Assert.Equal(rate * lightTime, range(TimeTag.AtTransmission) - range(TimeTag.AtObject), 1e-6);
    }

    [Theory]
    [InlineData(TimeTag.AtObject)]
    [InlineData(TimeTag.AtReception)]
    public void Predict_Partials_AgreeWithFiniteDifferences(TimeTag tag)
    {
        var sensor = SensorWith(new() { TimeTag = tag });
        double[] partials = new double[36];
        Model.Predict(sensor, Tag, Object.PositionKm, Object.VelocityKmPerS, partials);
        for (int column = 0; column < 6; column++)
        {
            double step = column < 3 ? 1e-3 : 1e-6;
            var (plus, minus) = (shifted(step), shifted(-step));
            double[] slopes = [plus.RangeKm - minus.RangeKm, plus.AzimuthRad - minus.AzimuthRad, plus.ElevationRad - minus.ElevationRad, plus.RangeRateKmPerS - minus.RangeRateKmPerS];
            for (int row = 0; row < 4; row++)
            {
                // The turn of the Earth is left out of the range rate's derivative by position: 7e-5 of 1/s.
                double within = (row, column) switch { (0, < 3) => 1e-4, (1 or 2, < 3) => 1e-7, (3, < 3) => 1.2e-4, (3, _) => 1e-4, _ => 0.02 };
                Assert.Equal(slopes[row] / (2 * step), partials[row * 6 + column], within);
            }

            PredictedFigures shifted(double by)
            {
                double[] d = new double[6];
                d[column] = by;
                return Model.Predict(sensor, Tag, Object.PositionKm + new Vector3d(d[0], d[1], d[2]), Object.VelocityKmPerS + new Vector3d(d[3], d[4], d[5]), []);
            }
        }
    }

    private static TrackingSensor SensorWith(SignalConventions conventions)
        => new(new SensorKey(PartnerId.Parse("aa"), SensorId.Parse("A")), Site, TrackingFigures.None, TrackingFigures.None) { Conventions = conventions };

    [Fact]
    public void Troposphere_LowAndHigh_HasTheKnownSize()
    {
        var site = new Geodetic(0, 0, 0);
        Assert.Equal(0.00242, Troposphere.RangeDelayKm(Math.PI / 2, site), 1e-5);
        Assert.InRange(Troposphere.RangeDelayKm(5 * Testing.RadPerDegree, site), 0.020, 0.028);
        // Bennett's optical refraction at 10 degrees is 5.3 arc minutes.
        Assert.InRange(Troposphere.ElevationBendingRad(10 * Testing.RadPerDegree, site) / Testing.RadPerDegree * 60, 5.3, 7);
        Assert.True(Troposphere.RangeDelayKm(0.2, site with { HeightKm = 3 }) < Troposphere.RangeDelayKm(0.2, site));
    }

    [Fact]
    public void SensorObservation_OfAnotherSensor_Refuses()
    {
        var figures = new MeasurementFigures(0.1, null, null, null);
        var sensor = new Sensor(SensorId.Parse("A"), PartnerId.Parse("aa"), "A", default, figures, figures);
        Assert.Throws<ArgumentException>(() => new SensorObservation(sensor, new Observation(SensorId.Parse("B"), Tag, 1, null, null, null, null)));
    }
}
