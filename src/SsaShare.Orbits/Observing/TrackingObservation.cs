using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>One observation with the description of the sensor that made it.</summary>
/// <param name="Sensor">The sensor; observations of one sensor share the instance, or at least its <see cref="TrackingSensor.Key"/>.</param>
/// <param name="Epoch">The time tag, of the meaning that the sensor's conventions give it.</param>
/// <param name="Measured">As measured, bias included.</param>
/// <param name="Added">Null where the sensor's own error is all.</param>
public sealed record TrackingObservation(TrackingSensor Sensor, Epoch Epoch, TrackingFigures Measured, AddedNoise? Added = null)
{
    /// <summary>The weather at the station, for light in the troposphere; null for the standard atmosphere at its height.</summary>
    public SurfaceWeather? Weather { get; init; }

    /// <summary>Whether the observer's place is known at every instant that a prediction asks for: the tag, the ends of a count, what an uncertain epoch reaches, and some seconds beyond them.</summary>
    internal bool ObserverIsKnown(double beyondSeconds)
    {
        double around = Math.Max(beyondSeconds, EpochSpread.ReachSeconds(Added)), count = Sensor.Conventions.RangeRateCountSeconds ?? 0;
        double from = count == 0 ? 0 : Sensor.Conventions.RangeRateCountFrom(count);
        return Sensor.Place.Covers(Epoch.PlusSeconds(from - around)) && Sensor.Place.Covers(Epoch.PlusSeconds(from + count + around)) && Sensor.Place.Covers(Epoch);
    }

    /// <summary>Variance added to one measurement, without that of its epoch: squares of km, rad (across the line of sight), km/s.</summary>
    internal double AddedVariance(MeasurementKind kind)
    {
        double sigma = Added?.Sigma.Of(kind) ?? 0;
        if (kind == MeasurementKind.Azimuth) sigma *= Math.Cos(Measured.ElevationRad ?? 0);
        if (kind == MeasurementKind.RightAscension) sigma *= Math.Cos(Measured.DeclinationRad ?? 0);
        return sigma * sigma;
    }
}

/// <summary>Error that was added to one observation, beyond its sensor's: normal, and independent of that of any other observation.</summary>
/// <param name="Sigma">Of each kind of measurement; those of azimuth and right ascension are of the angle itself. Null where nothing was added.</param>
/// <param name="EpochSigmaS">Of the epoch, s; 0 where nothing was added.</param>
public sealed record AddedNoise(TrackingFigures Sigma, double EpochSigmaS);
