namespace SsaShare.Formats;

/// <summary>From the keywords of an orbit parameter message to a state.</summary>
internal static class OpmInterpreter
{
    /// <returns>Null when the message is refused.</returns>
    public static OrbitState? Interpret(OdmMessage message, Epoch now)
    {
        OdmInterpreter.CheckCommon(message);
        var epoch = OdmInterpreter.ReadEpoch(message, now);
        string? tag = OdmInterpreter.ReadTag(message);
        var position = new Vector3d(message.Number("X", "km"), message.Number("Y", "km"), message.Number("Z", "km"));
        var velocity = new Vector3d(message.Number("X_DOT", "km/s"), message.Number("Y_DOT", "km/s"), message.Number("Z_DOT", "km/s"));
        if (position.IsFinite && position.Norm is not (>= OdmLimits.MinDistanceKm and <= OdmLimits.MaxDistanceKm))
            message.RefuseField("X", $"a place {position.Norm:G4} km from the Earth's centre", "check that positions are in km");
        if (velocity.IsFinite && !(velocity.Norm <= OdmLimits.MaxSpeedKmPerS)) message.RefuseField("X_DOT", $"a speed of {velocity.Norm:G4} km/s", "check that velocities are in km/s");

        var frame = OdmFrames.Read(message);
        double[]? covariance = ReadCovariance(message);
        if (message.IsRefused) return null;
        (position, velocity) = OdmFrames.ToKept(message, position, velocity);
        if (covariance is not null) covariance = OdmFrames.TryRotate(message, covariance, position, velocity);
        return message.IsRefused ? null : new OrbitState(tag, new CartesianState(epoch, frame, position, velocity), covariance is null ? null : new Covariance6(covariance));
    }

    /// <summary>All 21 entries or none.</summary>
    private static double[]? ReadCovariance(OdmMessage message)
    {
        if (!OdmKeywords.Covariance.Any(one => message.Has(one.Keyword))) return null;
        return [.. OdmKeywords.Covariance.Select(one => message.Number(one.Keyword, one.Unit))];
    }
}
