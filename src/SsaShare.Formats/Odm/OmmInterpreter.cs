namespace SsaShare.Formats;

/// <summary>From the keywords of an orbit mean-elements message to elements for SGP4.</summary>
internal static class OmmInterpreter
{
    private const double RadPerDeg = Math.PI / 180;

    /// <returns>Null when the message is refused.</returns>
    public static ElementSet? Interpret(OdmMessage message, Epoch now)
    {
        OdmInterpreter.CheckCommon(message);
        message.Expect("MEAN_ELEMENT_THEORY", "only elements for SGP4 are read", "SGP4", "SGP/SGP4");
        message.Expect("REF_FRAME", "SGP4 elements are in TEME", "TEME");
        if (message.Has("EPHEMERIS_TYPE") && message.Text("EPHEMERIS_TYPE") is not ("0" or "2")) message.RefuseField("EPHEMERIS_TYPE", "not SGP4", "only types 0 and 2 are read");
        if (message.Has("BTERM") || message.Has("AGOM")) message.RefuseField(message.Has("BTERM") ? "BTERM" : "AGOM", "a term of another theory", "only elements for SGP4 are read");
        if (message.Has("SEMI_MAJOR_AXIS")) message.RefuseField("SEMI_MAJOR_AXIS", "not an element of SGP4", "give MEAN_MOTION");
        if (OdmKeywords.Covariance.Any(one => message.Has(one.Keyword))) message.Notice("COV_REF_FRAME", "the covariance of mean elements is not kept", "publish a state with its covariance");

        var epoch = OdmInterpreter.ReadEpoch(message, now);
        string? tag = OdmInterpreter.ReadTag(message);
        var elements = new ElementSet(tag, epoch,
            message.Number("MEAN_MOTION", "rev/day", double.Epsilon, OdmLimits.MaxMeanMotionRevPerDay),
            message.Number("ECCENTRICITY", "", 0, Math.BitDecrement(1.0)),
            message.Number("INCLINATION", "deg", 0, 180) * RadPerDeg,
            Turn(message, "RA_OF_ASC_NODE"), Turn(message, "ARG_OF_PERICENTER"), Turn(message, "MEAN_ANOMALY"),
            message.Number("BSTAR", "1/ER"),
            message.NumberOr("MEAN_MOTION_DOT", "rev/day**2", 0),
            message.NumberOr("MEAN_MOTION_DDOT", "rev/day**3", 0));
        return message.IsRefused ? null : elements;
    }

    /// <summary>Radians from 0 up to one turn.</summary>
    private static double Turn(OdmMessage message, string keyword)
    {
        double degrees = message.Number(keyword, "deg", -360, 360) % 360;
        return Math.Min((degrees < 0 ? degrees + 360 : degrees) * RadPerDeg, Math.Tau);
    }
}
