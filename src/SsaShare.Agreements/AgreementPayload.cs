using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>Writes the payload: JSON of texts, lists and objects in a fixed order, without white space; what was left out stays out.</summary>
internal static partial class AgreementPayload
{
    public static byte[] Write(ImmutableArray<AgreementParty> parties, AgreementTerms terms) => Write(terms, json => WriteEach(json, Words.Parties, parties, WriteParty));

    /// <summary>As the payload, but with the parties as authored: for comparing.</summary>
    public static byte[] Write(AgreementDraft draft) => Write(draft.Terms, json => WriteEach(json, Words.Parties, draft.Parties, (writer, party) =>
    {
        writer.WriteString(Words.Partner, party.Partner.Value);
        WriteTier(writer, party.Tier);
    }));

    private static byte[] Write(AgreementTerms terms, Action<Utf8JsonWriter> writeParties)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString(Words.Kind, Words.KindV1);
            json.WriteString(Words.Title, terms.Title);
            writeParties(json);
            json.WriteString(Words.ValidFrom, Utc.Format(terms.ValidFrom));
            json.WriteString(Words.ValidUntil, Utc.Format(terms.ValidUntil));
            WriteList(json, Words.DataModes, terms.DataModes, Vocabulary.DataModes.WordOf);
            if (terms.Supersedes is { } superseded) json.WriteString(Words.Supersedes, superseded.ToString());
            WriteEach(json, Words.ObjectLists, terms.ObjectLists, WriteObjectList);
            WriteEach(json, Words.DegradationProfiles, terms.DegradationProfiles, WriteProfile);
            if (terms.SafetyOfFlightMinimum is { } minimum) WriteMinimum(json, minimum);
            WriteEach(json, Words.Limits, terms.Limits, WriteLimit);
            if (terms.Receipts != ReceiptDuty.Optional) json.WriteString(Words.Receipts, Vocabulary.Receipts.WordOf(terms.Receipts));
            if (terms.WitnessQuorum != 0) json.WriteString(Words.WitnessQuorum, Number(terms.WitnessQuorum));
            if (!terms.Witnesses.IsEmpty) WriteList(json, Words.Witnesses, terms.Witnesses, witness => witness.Value);
            if (terms.WitnessQuorum != 0 && terms.WitnessGrace != AgreementTerms.DefaultWitnessGrace) json.WriteString(Words.WitnessGrace, DurationText.Format(terms.WitnessGrace));
            if (terms.AfterEnd != AfterEnd.Keep) json.WriteString(Words.AfterEnd, Vocabulary.AfterEnds.WordOf(terms.AfterEnd));
            WriteEach(json, Words.Grants, terms.Grants, WriteClause);
            WriteEach(json, Words.Prohibitions, terms.Prohibitions, WriteClause);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void WriteParty(Utf8JsonWriter json, AgreementParty party)
    {
        json.WriteString(Words.Partner, party.Partner.Value);
        json.WriteString(Words.SigningKey, party.SigningKey.ToString());
        json.WriteString(Words.NodeCard, party.NodeCard.ToString());
        WriteTier(json, party.Tier);
    }

    private static void WriteTier(Utf8JsonWriter json, CapabilityTier tier)
    {
        if (tier != CapabilityTier.Full) json.WriteString(Words.Tier, Vocabulary.Tiers.WordOf(tier));
    }

    private static void WriteObjectList(Utf8JsonWriter json, ObjectList list)
    {
        json.WriteString(Words.Id, list.Id.Value);
        WriteList(json, Words.Objects, list.Objects, tag => tag.Value);
        if (list.OwnerNation is { } nation) json.WriteString(Words.OwnerNation, nation.Value);
        if (list.ProtectedBy is { } party) json.WriteString(Words.ProtectedBy, party.Value);
    }

    private static void WriteProfile(Utf8JsonWriter json, DegradationProfile profile)
    {
        json.WriteString(Words.Id, profile.Id.Value);
        WriteFigures(json, profile.Figures);
        if (!profile.Remove.IsEmpty) WriteList(json, Words.Remove, profile.Remove, Vocabulary.RemovedFields.WordOf);
    }

    private static void WriteMinimum(Utf8JsonWriter json, DegradationFigures minimum)
    {
        json.WriteStartObject(Words.SafetyOfFlightMinimum);
        WriteFigures(json, minimum);
        json.WriteEndObject();
    }

    private static void WriteFigures(Utf8JsonWriter json, DegradationFigures figures)
    {
        foreach (var figure in Enum.GetValues<DegradedFigure>())
            if (figures[figure] is { } value)
                json.WriteString(Vocabulary.Figures.WordOf(figure), LadderStep.TryOf(value, out var step) ? step.ToString() : throw new ArgumentException($"{figure} {value} is no step of the ladder.", nameof(figures)));
    }

    private static void WriteLimit(Utf8JsonWriter json, VolumeLimit limit)
    {
        json.WriteString(Words.Id, limit.Id.Value);
        WriteSelector(json, Words.From, limit.From, partner => partner.Value);
        WriteSelector(json, Words.To, limit.To, partner => partner.Value);
        if (limit.RecordsPerMinute is { } perMinute) json.WriteString(Words.RecordsPerMinute, Number(perMinute));
        if (limit.RecordsPerDay is { } perDay) json.WriteString(Words.RecordsPerDay, Number(perDay));
        if (limit.BytesPerDay is { } bytes) json.WriteString(Words.BytesPerDay, Number(bytes));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A list of objects; nothing when it is empty.</summary>
    private static void WriteEach<T>(Utf8JsonWriter json, string name, ImmutableArray<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.IsEmpty) return;
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteSelector<T>(Utf8JsonWriter json, string name, Selector<T> selector, Func<T, string> word)
    {
        if (!selector.IsAny) WriteList(json, name, selector.Values, word);
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, ImmutableArray<T> values, Func<T, string> word)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(word(value));
        json.WriteEndArray();
    }
}
