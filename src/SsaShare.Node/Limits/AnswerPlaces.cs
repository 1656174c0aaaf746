namespace SsaShare.Node;

/// <summary>
/// Whose answer is composed next, and how much of each reader's answers is under way. Readers take turns: one that asks for much or reads
/// slowly keeps no other waiting, and what it has not taken yet is bounded by its own share.
/// </summary>
/// <param name="composedMax">Answers composed at once; one reader has at most half of them.</param>
/// <param name="bytesOfReader">From so many bytes under way on a reader's next answer is not composed yet. Read each time.</param>
internal sealed class AnswerPlaces(int composedMax, Func<long> bytesOfReader)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Reader> _readers = [];
    private readonly LinkedList<Reader> _turns = [];
    private int _composed;
    private double _bytesPerRecord;

    private int OfOneReaderMax => Math.Max(1, composedMax / 2);

    /// <summary>Bytes under way to all readers.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock) return _readers.Values.Sum(reader => reader.Bytes);
        }
    }

    /// <summary>Readers that something is under way to, or that wait.</summary>
    public int Readers
    {
        get
        {
            lock (_lock) return _readers.Count;
        }
    }

    /// <summary>How many records of as many bytes as of late fit into a reader's share; at least 1.</summary>
    public int RecordsMax(int asked)
    {
        lock (_lock) return _bytesPerRecord == 0 ? asked : (int)Math.Clamp(bytesOfReader() / _bytesPerRecord, 1, Math.Max(asked, 1));
    }

    /// <summary>Follows longer records at once and shorter ones slowly.</summary>
    internal void Note(double bytesPerRecord)
    {
        lock (_lock) _bytesPerRecord = Math.Max(bytesPerRecord, 0.9 * _bytesPerRecord + 0.1 * bytesPerRecord);
    }

    /// <summary>A place for one answer to this reader; disposed when the answer is taken or given up.</summary>
    public AnswerPlace For(string reader) => new(this, reader);

    /// <summary>Waits for the turn to compose.</summary>
    internal Task EnterAsync(string key, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        var waiter = new Waiter(cancellationToken);
        lock (_lock)
        {
            if (!_readers.TryGetValue(key, out var reader)) _readers.Add(key, reader = new Reader(key));
            if (reader.Waiting.Count == 0) _turns.AddLast(reader);
            waiter.Place = reader.Waiting.AddLast(waiter);
            Advance();
        }
        if (!waiter.Turn.Task.IsCompleted)
            waiter.Registration = cancellationToken.UnsafeRegister(_ => GiveUp(key, waiter), null);
        return waiter.WaitAsync();
    }

    /// <summary>Composed, or not to be: the next may.</summary>
    /// <param name="bytes">Of the answer, under way from now on.</param>
    internal void Leave(string key, int bytes)
    {
        lock (_lock)
        {
            var reader = _readers[key];
            _composed--;
            reader.Composed--;
            reader.Bytes += bytes;
            Forget(reader);
            Advance();
        }
    }

    /// <summary>So many bytes are under way no more.</summary>
    internal void Taken(string key, int bytes)
    {
        lock (_lock)
        {
            var reader = _readers[key];
            reader.Bytes -= bytes;
            Forget(reader);
            Advance();
        }
    }

    private void GiveUp(string key, Waiter waiter)
    {
        lock (_lock)
        {
            if (waiter.Place is not { } place) return;
            var reader = _readers[key];
            reader.Waiting.Remove(place);
            waiter.Place = null;
            if (reader.Waiting.Count == 0) _turns.Remove(reader);
            Forget(reader);
        }
        waiter.Turn.TrySetCanceled(waiter.CancellationToken);
    }

    /// <summary>Goes round: the first reader that may compose does, and stands at the end again if it has more to ask.</summary>
    private void Advance()
    {
        long bytesMax = bytesOfReader();
        for (var place = _turns.First; place is not null && _composed < composedMax;)
        {
            var (reader, following) = (place.Value, place.Next);
            if (reader.Composed < OfOneReaderMax && reader.Bytes < bytesMax)
            {
                _turns.Remove(place);
                var waiter = reader.Waiting.First!.Value;
                reader.Waiting.RemoveFirst();
                waiter.Place = null;
                reader.Composed++;
                _composed++;
                if (reader.Waiting.Count > 0)
                {
                    _turns.AddLast(reader);
                    following ??= _turns.Last;
                }
                waiter.Turn.TrySetResult();
            }
            place = following;
        }
    }

    private void Forget(Reader reader)
    {
        if (reader is { Composed: 0, Bytes: 0, Waiting.Count: 0 }) _readers.Remove(reader.Key);
    }

    private sealed class Reader(string key)
    {
        public string Key => key;
        public int Composed { get; set; }
        public long Bytes { get; set; }
        public LinkedList<Waiter> Waiting { get; } = [];
    }

    private sealed class Waiter(CancellationToken cancellationToken)
    {
        public CancellationToken CancellationToken => cancellationToken;
        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public LinkedListNode<Waiter>? Place { get; set; }
        public CancellationTokenRegistration Registration { get; set; }

        public async Task WaitAsync()
        {
            try
            {
                await Turn.Task;
            }
            finally
            {
                await Registration.DisposeAsync();
            }
        }
    }
}
