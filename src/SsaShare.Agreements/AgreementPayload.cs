using System.Collections.Immutable;
using System.Text.Json;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>Writes the payload: JSON of texts, lists and objects in a fixed order, without white space; what was left out stays out.</summary>
internal static class AgreementPayload
{
    public static byte[] Write(ImmutableArray<AgreementParty> parties, AgreementTerms terms)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString(Words.Kind, Words.KindV1);
            json.WriteString(Words.Title, terms.Title);
            WriteParties(json, parties);
            json.WriteString(Words.ValidFrom, Utc.Format(terms.ValidFrom));
            json.WriteString(Words.ValidUntil, Utc.Format(terms.ValidUntil));
            WriteList(json, Words.DataModes, terms.DataModes, Vocabulary.DataModes.WordOf);
            if (terms.Supersedes is { } superseded) json.WriteString(Words.Supersedes, superseded.ToString());
            WriteClauses(json, Words.Grants, terms.Grants);
            WriteClauses(json, Words.Prohibitions, terms.Prohibitions);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void WriteParties(Utf8JsonWriter json, ImmutableArray<AgreementParty> parties)
    {
        json.WriteStartArray(Words.Parties);
        foreach (var party in parties)
        {
            json.WriteStartObject();
            json.WriteString(Words.Partner, party.Partner.Value);
            json.WriteString(Words.SigningKey, party.SigningKey.ToString());
            json.WriteString(Words.NodeCard, party.NodeCard.ToString());
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteClauses<T>(Utf8JsonWriter json, string name, ImmutableArray<T> clauses)
        where T : Clause
    {
        if (clauses.IsEmpty) return;
        json.WriteStartArray(name);
        foreach (var clause in clauses) WriteClause(json, clause);
        json.WriteEndArray();
    }

    private static void WriteClause(Utf8JsonWriter json, Clause clause)
    {
        json.WriteStartObject();
        json.WriteString(Words.Id, clause.Id.Value);
        WriteSelector(json, Words.From, clause.From, partner => partner.Value);
        WriteSelector(json, Words.To, clause.To, partner => partner.Value);
        WriteSelector(json, Words.Originators, clause.Originators, partner => partner.Value);
        WriteSelector(json, Words.RecordClasses, clause.RecordClasses, Vocabulary.RecordClasses.WordOf);
        WriteSelector(json, Words.Sensors, clause.Sensors, sensor => sensor.Value);
        WriteSelector(json, Words.Objects, clause.Objects, tag => tag.Value);
        WriteSelector(json, Words.Regimes, clause.Regimes, Vocabulary.Regimes.WordOf);
        WriteSelector(json, Words.DataModes, clause.DataModes, Vocabulary.DataModes.WordOf);
        if (clause is Grant { MaxLevel: { } most }) json.WriteString(Words.MaxLevel, Vocabulary.Levels.WordOf(most));
        if (clause is Prohibition { AboveLevel: { } above }) json.WriteString(Words.AboveLevel, Vocabulary.Levels.WordOf(above));
        if (clause.Purposes != Purposes.Any) WriteList(json, Words.Purposes, PurposeBits.Split(clause.Purposes), Vocabulary.Purposes.WordOf);
        WriteSelector(json, Words.DerivedProductsFor, clause.DerivedProductsFor, partner => partner.Value);
        json.WriteEndObject();
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
