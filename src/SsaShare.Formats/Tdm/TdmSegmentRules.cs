namespace SsaShare.Formats;

/// <summary>How the numbers of one segment become km, rad and km/s, and which of its quantities cannot be taken.</summary>
internal sealed class TdmSegmentRules
{
    private const double LightKmPerS = 299_792.458;
    private const double RadPerDeg = Math.PI / 180;
    private readonly List<(TdmQuantity Quantities, TdmComplaint Complaint)> _refusals = [];
    private double _rangeScaleKm = 1, _rangeCorrection, _rateCorrection, _angle1Correction, _angle2Correction;

    private TdmSegmentRules(TdmSegment segment) => Segment = segment;

    public TdmSegment Segment { get; }

    /// <summary>Quantities whose lines are passed over.</summary>
    public TdmQuantity Refused { get; private set; }

    public static TdmSegmentRules Create(TdmSegment segment, TdmMetadata metadata)
    {
        var rules = new TdmSegmentRules(segment);
        rules.ReadRange(metadata);
        rules.ReadAngles(metadata);
        rules._rangeCorrection = rules.ReadCorrection(metadata, "CORRECTION_RANGE", TdmQuantity.Range);
        rules._rateCorrection = rules.ReadCorrection(metadata, "CORRECTION_DOPPLER", TdmQuantity.RangeRate);
        rules._angle1Correction = rules.ReadCorrection(metadata, "CORRECTION_ANGLE_1", TdmQuantity.Angle1);
        rules._angle2Correction = rules.ReadCorrection(metadata, "CORRECTION_ANGLE_2", TdmQuantity.Angle2);
        return rules;
    }

    /// <summary>Why a refused quantity is refused.</summary>
    public TdmComplaint WhyRefused(TdmQuantity quantity) => _refusals.First(refusal => (refusal.Quantities & quantity) != 0).Complaint;

    /// <summary>The quantity in km, rad or km/s, one-way.</summary>
    /// <returns>Null, or why the value is implausible.</returns>
    public string? Convert(TdmQuantity quantity, double value, out double converted)
    {
        double oneWay = Segment.IsRoundTrip ? 0.5 : 1;
        switch (quantity)
        {
            case TdmQuantity.Range:
                converted = (value + _rangeCorrection) * _rangeScaleKm * oneWay;
                return converted is > 0 and <= TdmLimits.MaxRangeKm ? null : $"a one-way range of {converted:G6} km is outside 0 to {TdmLimits.MaxRangeKm} km";
            case TdmQuantity.RangeRate:
                converted = (value + _rateCorrection) * oneWay;
                return Math.Abs(converted) <= TdmLimits.MaxRangeRateKmPerS ? null : $"a range rate of {converted:G6} km/s is beyond {TdmLimits.MaxRangeRateKmPerS} km/s";
            case TdmQuantity.Angle1:
                converted = AnglePair.Turned(value + _angle1Correction) * RadPerDeg;
                return value is >= -180 and <= 360 ? null : "an azimuth is -180 to 360 degrees";
            default:
                double elevation = value + _angle2Correction;
                converted = elevation * RadPerDeg;
                return elevation is >= TdmLimits.MinElevationDeg and <= 90 ? null
                    : elevation is >= -90 and <= 90 ? $"no sensor on the ground sees below {TdmLimits.MinElevationDeg} degrees" : "an elevation is -90 to 90 degrees";
        }
    }

    private void ReadRange(TdmMetadata metadata)
    {
        if (metadata.Is("RANGE_UNITS", "s")) _rangeScaleKm = LightKmPerS;
        else if (metadata.Has("RANGE_UNITS") && !metadata.Is("RANGE_UNITS", "km"))
            Refuse(TdmQuantity.Range, metadata.Complaint("RANGE_UNITS", "range units of an equipment's own cannot be converted without its description", "give ranges in km or s"));
        if (metadata.Has("RANGE_MODULUS") && !(metadata.TryNumber("RANGE_MODULUS", out double modulus) && (modulus == 0 || modulus * _rangeScaleKm >= 2 * TdmLimits.MaxRangeKm)))
            Refuse(TdmQuantity.Range, metadata.Complaint("RANGE_MODULUS", "ranges known only up to a modulus are ambiguous", "resolve the ambiguity first"));
        for (int n = 1; n <= 5; n++)
        foreach (string delay in (ReadOnlySpan<string>)[$"TRANSMIT_DELAY_{n}", $"RECEIVE_DELAY_{n}"])
        {
            if (metadata.Has(delay) && !(metadata.TryNumber(delay, out double seconds) && seconds == 0))
                Refuse(TdmQuantity.Range, metadata.Complaint(delay, "ranges that still contain equipment delays are not supported", "correct ranges for the delays and leave the keyword out"));
        }
    }

    private void ReadAngles(TdmMetadata metadata)
    {
        if (!metadata.Has("ANGLE_TYPE"))
            Refuse(TdmQuantity.Angles, metadata.Complaint("ANGLE_TYPE", "mandatory for angles and missing", "add it to the metadata"));
        else if (!metadata.Is("ANGLE_TYPE", "AZEL"))
            Refuse(TdmQuantity.Angles, metadata.Complaint("ANGLE_TYPE", "only azimuth and elevation are supported", "give angles as AZEL"));
    }

    /// <summary>What has to be added to the segment's values; 0 where the sender has done it.</summary>
    private double ReadCorrection(TdmMetadata metadata, string name, TdmQuantity quantity)
    {
        if (!metadata.Has(name)) return 0;
        if (!metadata.TryNumber(name, out double correction)) Refuse(quantity, metadata.Complaint(name, "not a number", "give the correction as a number"));
        else if (correction != 0 && metadata.Is("CORRECTIONS_APPLIED", "NO")) return correction;
        else if (correction != 0 && !metadata.Is("CORRECTIONS_APPLIED", "YES"))
            Refuse(quantity, metadata.Complaint(name, "CORRECTIONS_APPLIED does not say whether it is in the values", "add CORRECTIONS_APPLIED = YES or NO"));
        return 0;
    }

    private void Refuse(TdmQuantity quantities, TdmComplaint complaint)
    {
        Refused |= quantities;
        _refusals.Add((quantities, complaint));
    }
}
