using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>One fall from orbit: averaged while a revolution changes little, then integrated.</summary>
/// <param name="drag">The air of this fall.</param>
/// <param name="ballisticM2PerKg">Drag coefficient times area over mass.</param>
internal sealed class DecayTrajectory(UnitDrag drag, double ballisticM2PerKg)
{
    private const double SecondsPerDay = 86_400;

    /// <summary>A loss of perigee height in one revolution from which the mean is no longer good.</summary>
    private const double SteepKmPerRevolution = 1;

    private const double DenseAirKm = 130;

    /// <summary>Perigee in one step of the averaged motion: a fraction of the scale height of density.</summary>
    private const double PerigeeStepKm = 5;

    private const double AxisStepShare = 0.1, ShortStepDays = 0.25, LongStepDays = 3, FineDays = 60, StepGrowth = 0.02;

    private readonly AveragedMotion _motion = new(drag, ballisticM2PerKg);

    /// <param name="epoch">Of the state.</param>
    /// <param name="position">TEME, km.</param>
    /// <param name="velocity">TEME, km/s.</param>
    /// <param name="heightKm">Reached when the orbit is over.</param>
    /// <param name="limit">Not followed beyond.</param>
    /// <returns>Null where it is still in orbit at the limit, or the activity is not known as far (three days ahead of where it is).</returns>
    public Epoch? Fall(Epoch epoch, Vector3d position, Vector3d velocity, double heightKm, Epoch limit)
    {
        if (!OrbitAveraging.TryMean(position, velocity, out var orbit) || IsSteep(epoch, orbit, out _, out _)) return Finish(epoch, position, velocity, heightKm, limit);
        double elapsedDays = 0;
        for (var now = epoch; now < limit;)
        {
            if (!drag.Covers(now) || !drag.Covers(now.PlusSeconds(LongStepDays * SecondsPerDay))) return null;
            if (IsSteep(now, orbit, out var drags, out var rate)) return OrbitAveraging.TryState(orbit, out var p, out var v) ? Finish(now, p, v, heightKm, limit) : null;
            double perigeeRate = Math.Abs(Perigee(orbit, rate)), step = elapsedDays < FineDays ? ShortStepDays : Math.Min(LongStepDays, ShortStepDays + StepGrowth * (elapsedDays - FineDays));
            step = Math.Min(step * SecondsPerDay, PerigeeStepKm / perigeeRate);
            step = Math.Min(step, (AxisStepShare * (orbit.ApogeeRadiusKm - orbit.PerigeeRadiusKm) + PerigeeStepKm) / Math.Abs(rate.AxisKm));
            // The midpoint rule for drag, in axes that turn with the perigee.
            var middle = AveragedMotion.Turned(orbit + 0.5 * step * drags, 0.5 * step);
            orbit = AveragedMotion.Turned(AveragedMotion.Turned(orbit, 0.5 * step) + step * _motion.Drag(now.PlusSeconds(0.5 * step), middle), 0.5 * step);
            now = now.PlusSeconds(step);
            elapsedDays += step / SecondsPerDay;
        }
        return null;
    }

    private static double Perigee(MeanOrbit orbit, MeanOrbit rate)
    {
        double e = orbit.Eccentricity, eRate = e > 0 ? (orbit.X * rate.X + orbit.Y * rate.Y) / e : 0;
        return rate.AxisKm * (1 - e) - orbit.AxisKm * eRate;
    }

    private bool IsSteep(Epoch epoch, MeanOrbit orbit, out MeanOrbit drags, out MeanOrbit rate)
    {
        drags = rate = default;
        if (orbit.PerigeeRadiusKm < ZonalField.RadiusKm + DenseAirKm) return true;
        drags = _motion.Drag(epoch, orbit);
        rate = drags + AveragedMotion.Gravity(orbit);
        return -Perigee(orbit, rate) * Math.Tau / orbit.MotionRadPerS > SteepKmPerRevolution;
    }

    private Epoch? Finish(Epoch epoch, Vector3d position, Vector3d velocity, double heightKm, Epoch limit)
        => new FinalRevolutions(drag, ballisticM2PerKg, epoch).Fall(position, velocity, heightKm, limit.SecondsSince(epoch));
}
