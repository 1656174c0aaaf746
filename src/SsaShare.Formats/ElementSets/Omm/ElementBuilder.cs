namespace SsaShare.Formats;

/// <summary>Takes the fields of one set of elements in any order. Used again for the next; by one thread at a time.</summary>
internal sealed class ElementBuilder
{
    private readonly List<FurtherField> _further = [];

    /// <summary>A bit for each field given, at its <see cref="ElementField.Index"/>.</summary>
    public ulong Given { get; private set; }

    /// <summary>Decimals of the epoch beyond the nanosecond were dropped.</summary>
    public bool IsEpochCut { get; set; }

    public IReadOnlyList<FurtherField> Further => _further;

    public string? ObjectName, ObjectId, CenterName, ReferenceFrame, TimeSystem, MeanElementTheory;
    public long? NoradCatId, EphemerisType, ElementSetNumber, RevolutionAtEpoch;
    public char? ClassificationType;
    public ElementEpoch Epoch;
    public double MeanMotion, Eccentricity, Inclination, RightAscensionOfNode, ArgumentOfPericenter, MeanAnomaly;
    public double? BStar, BTerm, MeanMotionDot, MeanMotionDDot, Agom;

    /// <returns>False when it was given before.</returns>
    public bool Mark(ElementField field)
    {
        ulong bit = 1UL << field.Index;
        if ((Given & bit) != 0) return false;
        Given |= bit;
        return true;
    }

    public void Add(FurtherField field) => _further.Add(field);

    public void Clear()
    {
        (ObjectName, ObjectId, CenterName, ReferenceFrame, TimeSystem, MeanElementTheory) = (null, null, null, null, null, null);
        (NoradCatId, EphemerisType, ElementSetNumber, RevolutionAtEpoch, ClassificationType) = (null, null, null, null, null);
        (BStar, BTerm, MeanMotionDot, MeanMotionDDot, Agom) = (null, null, null, null, null);
        (Given, IsEpochCut) = (0, false);
        _further.Clear();
    }

    public MeanElements Build() => new()
    {
        ObjectName = ObjectName,
        ObjectId = ObjectId,
        NoradCatId = NoradCatId,
        ClassificationType = ClassificationType,
        Epoch = Epoch,
        MeanMotionRevPerDay = MeanMotion,
        Eccentricity = Eccentricity,
        InclinationDeg = Inclination,
        RightAscensionOfNodeDeg = RightAscensionOfNode,
        ArgumentOfPericenterDeg = ArgumentOfPericenter,
        MeanAnomalyDeg = MeanAnomaly,
        EphemerisType = (int?)EphemerisType,
        ElementSetNumber = (int?)ElementSetNumber,
        RevolutionAtEpoch = RevolutionAtEpoch,
        BStarPerEarthRadii = BStar,
        BTermM2PerKg = BTerm,
        MeanMotionDotRevPerDay2 = MeanMotionDot,
        MeanMotionDDotRevPerDay3 = MeanMotionDDot,
        AgomM2PerKg = Agom,
        CenterName = CenterName ?? "EARTH",
        ReferenceFrame = ReferenceFrame ?? "TEME",
        TimeSystem = TimeSystem ?? "UTC",
        MeanElementTheory = MeanElementTheory ?? "SGP4",
        Further = _further.Count == 0 ? FurtherFields.None : new FurtherFields(_further),
    };
}
