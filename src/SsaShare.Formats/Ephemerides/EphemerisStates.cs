namespace SsaShare.Formats;

/// <summary>Points of ephemerides as states of the service: km, km/s, instants of TAI, GCRF, ITRF or TEME. Frames are turned and clocks converted here.</summary>
public static class EphemerisStates
{
    /// <summary>A point with position and velocity as an orbit state.</summary>
    /// <param name="covariance">Of the point; null where there is none. In the frame of the points, RTN or TNW.</param>
    /// <param name="state">EME2000 becomes GCRF; the covariance is in the axes of the state.</param>
    /// <returns>Null and the state, or why there is none.</returns>
    public static string? Interpret(EphemerisSegment segment, EphemerisPoint point, EphemerisCovariance? covariance, out OrbitState? state)
    {
        state = null;
        if (segment.Center != "EARTH") return "not about the Earth";
        var frame = segment.Frame switch { EphemerisFrame.Itrf => Frame.Itrf, EphemerisFrame.Icrf or EphemerisFrame.Eme2000 => Frame.Gcrf, EphemerisFrame.Teme => Frame.Teme, _ => Frame.Unspecified };
        if (frame == Frame.Unspecified) return $"the frame {segment.FrameName} is not kept";
        if (point.Extras["CPF_LEAP_SECOND"] is not null || point.Extras["CPF_DIRECTION"] is not null) return "a position at transmission or reception, or with a leap second flag";
        if (!point.Time.TryToEpoch(segment.TimeSystem, out var epoch)) return $"times in {segment.TimeSystem} are not kept";
        if (EphemerisPlaces.Cartesian(point, segment.Coordinates) is not { PositionKm: { } position, VelocityKmPerS: { } velocity }) return "no cartesian position and velocity";
        if (position.Norm is not (>= OdmLimits.MinDistanceKm and <= OdmLimits.MaxDistanceKm)) return $"not from {OdmLimits.MinDistanceKm} to {OdmLimits.MaxDistanceKm} km from the Earth's centre";
        if (!(velocity.Norm <= OdmLimits.MaxSpeedKmPerS)) return $"faster than {OdmLimits.MaxSpeedKmPerS} km/s";
        bool isEme2000 = segment.Frame == EphemerisFrame.Eme2000;
        var (kept, keptVelocity) = isEme2000 ? (OdmFrames.FromEme2000(position), OdmFrames.FromEme2000(velocity)) : (position, velocity);
        Covariance6? turned = null;
        if (covariance is not null && Covariance(segment, covariance, kept, keptVelocity, out turned) is { } wrong) return wrong;
        string? tag = segment.NoradId is { } norad ? FormattableString.Invariant($"{norad}") : segment.CosparId ?? point.ObjectTag ?? segment.ObjectName;
        state = new OrbitState(tag, new CartesianState(epoch, frame, kept, keptVelocity), turned);
        return null;
    }

    private static string? Covariance(EphemerisSegment segment, EphemerisCovariance covariance, Vector3d position, Vector3d velocity, out Covariance6? turned)
    {
        turned = null;
        if (covariance.LowerKmAndS.Count != 21) return "a covariance of the position only";
        double[] lower = [.. covariance.LowerKmAndS];
        bool isOrbital = covariance.Frame is EphemerisFrame.Rtn or EphemerisFrame.Tnw;
        if (!isOrbital && covariance.Frame != segment.Frame) return $"a covariance in {covariance.FrameName}";
        // In the rotating frame the velocity does not span the orbit's plane.
        if (isOrbital && segment.Frame == EphemerisFrame.Itrf) return $"a covariance in {covariance.FrameName} with a state in an Earth-fixed frame";
        if (isOrbital) lower = OdmFrames.Turn(OdmFrames.OrbitAxes(covariance.Frame == EphemerisFrame.Tnw ? "TNW" : "RTN", position, velocity), lower);
        else if (segment.Frame == EphemerisFrame.Eme2000) lower = OdmFrames.Turn(OdmFrames.GcrfAxesOfEme2000, lower);
        for (int row = 0; row < 6; row++)
            if (!(lower[row * (row + 1) / 2 + row] >= 0)) return "a covariance with a negative variance along some axis";
        if (!lower.All(double.IsFinite)) return "a covariance that is not finite";
        turned = new Covariance6(lower);
        return null;
    }
}
