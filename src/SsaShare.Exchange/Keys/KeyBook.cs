using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Key histories by partner. Immutable.</summary>
public sealed class KeyBook : IKeyBook
{
    private readonly Dictionary<PartnerId, KeyHistory> _histories;

    /// <exception cref="ArgumentException">Two histories are of one partner.</exception>
    public KeyBook(IEnumerable<KeyHistory> histories) => _histories = histories.ToDictionary(history => PartnerId.Parse(history.PartnerId));

    public static KeyBook Empty { get; } = new([]);

    public IReadOnlyCollection<KeyHistory> Histories => _histories.Values;

    public KeyHistory? Find(PartnerId partner) => _histories.GetValueOrDefault(partner);

    public bool Knows(PartnerId partner) => _histories.ContainsKey(partner);

    public VerificationKey? SigningKey(PartnerId partner, KeyId id, Epoch at) => Find(partner) is { } history && Clock(at) is { } time ? history.SigningKey(id, time) : null;

    public VerificationKey? UndatedKey(PartnerId partner, KeyId id) => Find(partner)?.UndatedKey(id);

    public NoteVerifier? LogKey(PartnerId partner, string origin, long size) => Find(partner)?.LogKey(origin, size);

    public KeyEvent? EndOfLog(PartnerId partner, string origin) => Find(partner)?.EndOf(origin);

    public NoteVerifier? WitnessKey(PartnerId partner, Epoch at) => Find(partner) is { } history && Clock(at) is { } time ? history.WitnessKey(time) : null;

    /// <summary>A document's date on the calendar in which key events are dated, to 100 ns. Dates before 1972, which no key has, are on none.</summary>
    internal static DateTimeOffset? Clock(Epoch at) => Utc.TrySplit(at, out var day, out _) && day.Year <= 2291 ? Utc.ToDateTime(at) : null;
}
