import { readingOf } from '../../../spec/readings/index.js';
import { defaultReadings, readings } from '../../../spec/readings.js';
/** Every choice of options for some readings, the usual one first. */
function choicesOf(names) {
    return names.reduce((all, name) => {
        const { options, chosen } = readings[name];
        const others = Object.keys(options).filter((option) => option !== chosen);
        return [...all, ...others.flatMap((option) => all.map((choices) => ({ ...choices, [name]: option })))];
    }, [defaultReadings]);
}
/** Judges an input under every choice of options of the readings that may matter. */
export function conclude(subject, given, { input, flags, clauses }) {
    const judged = choicesOf(subject.readings).map((choices) => {
        const judgement = subject.judge(given, input, choices);
        return { choices, judgement, text: JSON.stringify(judgement.expect) };
    });
    const textUnder = (choices) => judged.find((other) => subject.readings.every((name) => other.choices[name] === choices[name]))?.text;
    const usual = subject.judge(given, input, defaultReadings);
    const usualText = JSON.stringify(usual.expect);
    // A reading matters when there is a choice of the others under which its options differ.
    const matters = subject.readings.filter((name) => judged.some(({ choices, text }) => text !== textUnder({ ...choices, [name]: readings[name].chosen })));
    const differing = judged.filter(({ choices, text }) => text !== usualText &&
        subject.readings.every((name) => matters.includes(name) || choices[name] === readings[name].chosen));
    // What every choice refuses is not open, though another may name another fault.
    const doubts = flags.flatMap((flag) => subject.doubts?.[flag] ?? []);
    const isOpen = doubts.length > 0 || differing.some(({ judgement }) => usual.accepted || judgement.accepted);
    const numbers = [...new Set([...matters.map((name) => readings[name].number), ...doubts])];
    const otherwise = differing.map(({ choices, judgement }) => ({
        choices: Object.fromEntries(matters
            .filter((name) => choices[name] !== readings[name].chosen)
            .map((name) => [readings[name].number, choices[name]])),
        expect: judgement.expect,
    }));
    const broken = usual.breaks === undefined ? [] : [usual.breaks];
    const pulling = numbers.flatMap((number) => readingOf(number)?.clauses ?? []);
    return {
        result: isOpen ? 'open' : usual.accepted ? 'valid' : 'invalid',
        clauses: [...new Set([...clauses, ...broken, ...pulling])],
        ...(numbers.length === 0 ? {} : { readings: numbers }),
        expect: usual.expect,
        ...(otherwise.length === 0 ? {} : { otherwise }),
    };
}
/** Completes the drafts of a subject. */
export function fileOf(subject) {
    const { name, about, flags } = subject;
    const concludeVector = (given, vector) => conclude(subject, given, { ...vector, input: vector.input });
    const groups = subject.groups.map((group) => ({
        ...group,
        vectors: group.vectors.map((vector) => {
            const { id, comment, flags: raised, input } = vector;
            const conclusion = 'expect' in vector ? vector : concludeVector(group.given, vector);
            const { result, clauses, readings: numbers, expect, otherwise } = conclusion;
            return {
                id: `${name}/${group.name}/${id}`,
                comment,
                flags: raised,
                result,
                clauses,
                ...(numbers === undefined ? {} : { readings: numbers }),
                input,
                expect,
                ...(otherwise === undefined ? {} : { otherwise }),
            };
        }),
    }));
    return { name, about, flags, groups, conclude: concludeVector };
}
